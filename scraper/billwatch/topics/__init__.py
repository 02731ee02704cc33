"""Is a bill ours, how sure is that, and which words say so?

`Classifier(Taxonomy.load()).topics(title, abstract, law)` gives the topics of a bill by the project's taxonomy, which
anyone can edit: `taxonomy.toml` beside this module.
"""

from billwatch.topics.classifier import Classifier
from billwatch.topics.decisions import Decision
from billwatch.topics.scores import Reason, Topic
from billwatch.topics.taxonomy import Subtopic, Taxonomy

__all__ = ["Classifier", "Decision", "Reason", "Subtopic", "Taxonomy", "Topic"]
