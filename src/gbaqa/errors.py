"""The one family of errors that gbaqa shows to people.

Each message is a single line that says what was wrong, where, and what to do about it. The command line prints it and
exits with `exit_code`; the chat and the API show it as it is. Anything else that escapes is a bug.
"""


class GbaqaError(Exception):
    """Base of every error meant for a person to read."""

    exit_code = 1


class CorpusError(GbaqaError):
    """A document cannot be read, or its page map does not fit it."""


class SearchIndexError(GbaqaError):
    """The index is missing, foreign, stale or cannot be written."""


class QuestionError(GbaqaError):
    """The question is empty or too long to be one."""

    exit_code = 2


class SettingsError(GbaqaError):
    """A setting names something that is not there, or that needs an extra to be installed."""

    exit_code = 2


class EvaluationError(GbaqaError):
    """A gold file or a prediction file cannot be used."""

    exit_code = 2


class ServerError(GbaqaError):
    """The web server cannot be started."""


class FeedbackError(GbaqaError):
    """Ratings of answers cannot be read or written, or none are kept."""

    exit_code = 2


class ExportError(GbaqaError):
    """What is to be exported cannot be read, or a file cannot be written."""

    exit_code = 2
