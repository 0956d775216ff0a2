"""What may go wrong that the caller must mend; odd input is an `Issue` instead.

KgError                 one line for the user; the command exits with 2
├── OntologyError       a file of the ontology is wrong: names the file and the term
├── InputError          a path that does not exist, inputs without documents, an option out of range
├── ModelError          a language's weights are missing, damaged or of another version
├── GraphError          OUT is no graph folder, or was written by another version
├── QueryError          a query that does not parse, an unknown query name or parameter, a limit reached
│   ├── StoppedError    a query to a server that was stopped at a limit
│   └── BusyError       a query that a server cannot begin now
└── TrainingError       corpora or gold that cannot be trained from
"""


class KgError(Exception):
    """Anything this package raises on purpose."""


class OntologyError(KgError):
    """A file of the ontology is wrong."""


class InputError(KgError):
    """A path does not exist, inputs hold no documents, or an option is out of range."""


class ModelError(KgError):
    """Weights are missing, damaged or of another version."""


class GraphError(KgError):
    """A folder is no graph, or one of another version."""


class QueryError(KgError):
    """A query is wrong or reached a limit."""


class StoppedError(QueryError):
    """A query was stopped at a limit: the same would be stopped again."""


class BusyError(QueryError):
    """A query cannot begin now; it may later."""


class TrainingError(KgError):
    """Corpora or gold cannot be trained from."""
