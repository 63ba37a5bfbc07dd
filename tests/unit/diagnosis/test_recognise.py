"""What rules look at."""

from responder.diagnosis.recognise import by_exception, strength_of
from responder.model import Strength

from tests.stand_ins.task_log import CLEAR, END, HEAD, OPAQUE, evidence


def test_a_librarys_exception_weighs_more_than_the_users_words():
    own, *_ = evidence(HEAD, CLEAR, END).decisive
    library, *_ = evidence(HEAD, OPAQUE, END).decisive
    assert strength_of(own) is Strength.MESSAGE
    assert strength_of(library) is Strength.EXCEPTION


def test_an_exception_without_words_is_quoted_as_python_prints_it():
    match = by_exception("MemoryError")(
        evidence(HEAD, CLEAR.replace("ZeroDivisionError: division by zero", "MemoryError"), END)
    )
    assert match is not None
    assert match.because == ("MemoryError",)
