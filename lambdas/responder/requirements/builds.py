"""What the MWAA images can compile, and what to do where they cannot.

The images from 2.9.2 on have gcc, make and the headers of libpq, MariaDB, curl, krb5, OpenSSL and libffi, but no Rust,
CMake, unixODBC, LDAP, SASL or xmlsec: https://github.com/aws/amazon-mwaa-docker-images (images/airflow/*/bootstrap).
"""

from __future__ import annotations

# Distributions whose sources no image can build, and why
HOPELESS = {
    "python-ldap": "its sources need lber.h (openldap-devel)",
    "sasl": "its sources need sasl/sasl.h (cyrus-sasl-devel) and do not fit Python 3.11",
    "cx-oracle": "its sources need pkg_resources, which today's setuptools no longer has",
    "xmlsec": "its sources need xmlsec1-devel",
    "pymssql": "its sources need FreeTDS's headers",
    "pyodbc": "its sources need sql.h (unixODBC-devel)",
    "pygraphviz": "its sources need graphviz-devel",
    "gdal": "its sources need gdal-devel",
    "mysql-python": "its sources are for Python 2",
    "sklearn": "it is a placeholder that stops its own build",
    "lxml": "its sources need libxslt-devel",
    "scipy": "its sources need a Fortran compiler and OpenBLAS",
    "pyarrow": "its sources need Arrow's C++ library",
    "confluent-kafka": "its sources need librdkafka's headers",
    "h5py": "its sources need HDF5's headers",
    "fiona": "its sources need gdal-devel",
    "rasterio": "its sources need gdal-devel",
    "pyproj": "its sources need proj-devel",
    "m2crypto": "its sources need swig",
    "pyaudio": "its sources need PortAudio's headers",
    "pycrypto": "its sources need longintrepr.h, which Python 3.11 no longer has",
    "pyicu": "its sources need ICU's headers",
    "netcdf4": "its sources need HDF5's and netCDF's headers",
    "tables": "its sources need HDF5's headers",
    "python-snappy": "its sources need snappy-c.h (snappy-devel)",
    "cchardet": "its sources need longintrepr.h, which Python 3.11 no longer has",
}
# Releases before these do not build with the tools that pip fetches for them today: (first that does, why)
REPAIRED_IN = {
    "pyyaml": ("6.0.1", "its sources do not fit Cython 3, which pip fetches to build them"),
}
# Distributions that the images ship although they exist only as source: https://github.com/aws/amazon-mwaa-docker-images (BillOfMaterials)
PREBUILT = ("psycopg2", "pycurl")
# Distributions that the images ship built, or that take the place of one that does not build.
ADVICE = {
    "psycopg2": "The MWAA images from 2.9.2 on ship psycopg2: drop the line, or take psycopg2-binary.",
    "pycurl": "The MWAA images ship pycurl: drop the line.",
    "mysqlclient": "It has no wheels for Linux; the images from 2.7.2 on have MariaDB's headers. PyMySQL needs no compiler.",
    "cx-oracle": "Its successor oracledb needs neither a compiler nor Oracle's client.",
    "pyodbc": "The images from 2.9.2 on have no unixODBC: install it in the startup script, or take pymssql.",
    "python-ldap": "It needs openldap-devel, installed in the startup script; ldap3 is pure Python.",
    "sasl": "pure-sasl needs no compiler.",
    "mysql-python": "It is for Python 2: take mysqlclient or PyMySQL.",
    "sklearn": "The package is called scikit-learn.",
    "pycrypto": "Nobody maintains it: pycryptodome takes its place.",
    "cchardet": "Nobody maintains it: charset-normalizer takes its place.",
}
MEANING = {
    "pg_config": "pg_config comes with libpq's development files.",
    "mysql_config": "mysql_config comes with MariaDB's development files.",
    "rust": "No MWAA image has a Rust compiler: take a version that has a wheel.",
    "cmake": "No MWAA image has CMake: take a version that has a wheel.",
    "distutils": "Python 3.12 has no distutils: take a newer version.",
    "pkg_resources": "Today's setuptools has no pkg_resources: take a newer version, or its successor.",
    "pkgutil.ImpImporter": "The sources are too old for Python 3.12: take a newer version.",
    "Microsoft Visual C++": "This is the log of a build on Windows, not of an MWAA environment.",
    "gcc": "The MWAA images from 2.9.2 on have gcc: the line above its message tells what it misses.",
    "sql.h": "sql.h is unixODBC's, which the images from 2.9.2 on no longer have.",
    "lber.h": "lber.h is OpenLDAP's, which no image has.",
    "sasl/sasl.h": "sasl.h is Cyrus SASL's, which the images from 2.9.2 on do not have.",
    "Python.h": "Python.h belongs to the Python that compiles.",
}


def on_missing(distribution: str | None, library: str | None) -> str:
    """What is known of a build that broke for want of `library`; empty where nothing is."""
    return " ".join(filter(None, (MEANING.get(library or ""), ADVICE.get(distribution or ""))))
