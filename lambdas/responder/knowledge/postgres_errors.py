"""Names of the errors with which PostgreSQL refuses a statement: drivers make an exception class of each.

Of SQLSTATE's classes 0A, 21 to 26, 2B, 2F, 34, 38 to 40, 42 (but 42501, a privilege), 44, 54, 55, P0 and of 57014.
https://www.postgresql.org/docs/current/errcodes-appendix.html, https://www.psycopg.org/docs/errors.html; asyncpg adds
"Error" to each.
"""

from __future__ import annotations

STATEMENT_ERRORS = frozenset(
    {
        "ActiveSqlTransaction", "AmbiguousAlias", "AmbiguousColumn", "AmbiguousFunction", "AmbiguousParameter",
        "ArraySubscriptError", "AssertFailure", "BadCopyFileFormat", "BranchTransactionAlreadyActive",
        "CannotCoerce", "CantChangeRuntimeParam", "CardinalityViolation", "CharacterNotInRepertoire",
        "CheckViolation", "CollationMismatch", "ContainingSqlNotPermitted", "DataException", "DatatypeMismatch",
        "DatetimeFieldOverflow", "DeadlockDetected", "DependentObjectsStillExist",
        "DependentPrivilegeDescriptorsStillExist", "DivisionByZero", "DuplicateAlias", "DuplicateColumn",
        "DuplicateCursor", "DuplicateDatabase", "DuplicateFunction", "DuplicateJsonObjectKeyValue",
        "DuplicateObject", "DuplicatePreparedStatement", "DuplicateSchema", "DuplicateTable", "ErrorInAssignment",
        "EscapeCharacterConflict", "EventTriggerProtocolViolated", "ExclusionViolation", "ExternalRoutineException",
        "ExternalRoutineInvocationException", "FeatureNotSupported", "FloatingPointException",
        "ForeignKeyViolation", "FunctionExecutedNoReturnStatement", "GeneratedAlways", "GroupingError",
        "HeldCursorRequiresSameIsolationLevel", "IdleInTransactionSessionTimeout", "InFailedSqlTransaction",
        "InappropriateAccessModeForBranchTransaction", "InappropriateIsolationLevelForBranchTransaction",
        "IndeterminateCollation", "IndeterminateDatatype", "IndicatorOverflow", "IntegrityConstraintViolation",
        "IntervalFieldOverflow", "InvalidArgumentForLogarithm", "InvalidArgumentForNthValueFunction",
        "InvalidArgumentForNtileFunction", "InvalidArgumentForPowerFunction",
        "InvalidArgumentForSqlJsonDatetimeFunction", "InvalidArgumentForWidthBucketFunction",
        "InvalidBinaryRepresentation", "InvalidCharacterValueForCast", "InvalidColumnDefinition",
        "InvalidColumnReference", "InvalidCursorDefinition", "InvalidCursorName", "InvalidCursorState",
        "InvalidDatabaseDefinition", "InvalidDatetimeFormat", "InvalidEscapeCharacter", "InvalidEscapeOctet",
        "InvalidEscapeSequence", "InvalidForeignKey", "InvalidFunctionDefinition", "InvalidIndicatorParameterValue",
        "InvalidJsonText", "InvalidName", "InvalidObjectDefinition", "InvalidParameterValue",
        "InvalidPrecedingOrFollowingSize", "InvalidPreparedStatementDefinition", "InvalidRecursion",
        "InvalidRegularExpression", "InvalidRowCountInLimitClause", "InvalidRowCountInResultOffsetClause",
        "InvalidSavepointSpecification", "InvalidSchemaDefinition", "InvalidSchemaName", "InvalidSqlJsonSubscript",
        "InvalidSqlStatementName", "InvalidSqlstateReturned", "InvalidTableDefinition",
        "InvalidTablesampleArgument", "InvalidTablesampleRepeat", "InvalidTextRepresentation",
        "InvalidTimeZoneDisplacementValue", "InvalidTransactionState", "InvalidUseOfEscapeCharacter",
        "InvalidXmlComment", "InvalidXmlContent", "InvalidXmlDocument", "InvalidXmlProcessingInstruction",
        "LockNotAvailable", "ModifyingSqlDataNotPermitted", "ModifyingSqlDataNotPermittedExt",
        "MoreThanOneSqlJsonItem", "MostSpecificTypeMismatch", "NameTooLong", "NoActiveSqlTransaction",
        "NoActiveSqlTransactionForBranchTransaction", "NoDataFound", "NoSqlJsonItem", "NonNumericSqlJsonItem",
        "NonUniqueKeysInAJsonObject", "NonstandardUseOfEscapeCharacter", "NotAnXmlDocument", "NotNullViolation",
        "NullValueNoIndicatorParameter", "NullValueNotAllowed", "NullValueNotAllowedExt", "NumericValueOutOfRange",
        "ObjectInUse", "ObjectNotInPrerequisiteState", "PlpgsqlError", "ProgramLimitExceeded",
        "ProhibitedSqlStatementAttempted", "ProhibitedSqlStatementAttemptedExt", "QueryCanceled", "RaiseException",
        "ReadOnlySqlTransaction", "ReadingSqlDataNotPermitted", "ReadingSqlDataNotPermittedExt", "ReservedName",
        "RestrictViolation", "SavepointException", "SchemaAndDataStatementMixingNotSupported",
        "SequenceGeneratorLimitExceeded", "SerializationFailure", "SingletonSqlJsonItemRequired",
        "SqlJsonArrayNotFound", "SqlJsonItemCannotBeCastToTargetType", "SqlJsonMemberNotFound",
        "SqlJsonNumberNotFound", "SqlJsonObjectNotFound", "SqlJsonScalarRequired", "SqlRoutineException",
        "SrfProtocolViolated", "StatementCompletionUnknown", "StatementTooComplex", "StringDataLengthMismatch",
        "StringDataRightTruncation", "SubstringError", "SyntaxError", "SyntaxErrorOrAccessRuleViolation",
        "TooManyArguments", "TooManyColumns", "TooManyJsonArrayElements", "TooManyJsonObjectMembers", "TooManyRows",
        "TransactionIntegrityConstraintViolation", "TransactionRollback", "TransactionTimeout",
        "TriggerProtocolViolated", "TrimError", "UndefinedColumn", "UndefinedFunction", "UndefinedObject",
        "UndefinedParameter", "UndefinedTable", "UniqueViolation", "UnsafeNewEnumValueUsage", "UnterminatedCString",
        "UntranslatableCharacter", "WindowingError", "WithCheckOptionViolation", "WrongObjectType",
        "ZeroLengthCharacterString",
    }
)  # fmt: skip
# Of these the ones that Python or a user's own code may call so, too
COMMON_NAMES = frozenset(
    {
        "AssertFailure",
        "DataException",
        "DivisionByZero",
        "DuplicateDatabase",
        "FeatureNotSupported",
        "InvalidName",
        "InvalidParameterValue",
        "LockNotAvailable",
        "NameTooLong",
        "NoDataFound",
        "RaiseException",
        "ReservedName",
        "SyntaxError",
        "TooManyArguments",
        "TooManyColumns",
        "TooManyRows",
        "UntranslatableCharacter",
    }
)
