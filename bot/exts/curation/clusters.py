"""The open questions as clusters, as they are now. Sends nothing."""

import asyncio
from dataclasses import dataclass

from bot.curation.manager import KnowledgeManager
from bot.curation.question_clusters import QuestionCluster, cluster_questions
from bot.journal.questions import QuestionLog
from bot.knowledge.writing import EditError
from bot.ui import sentences


@dataclass(frozen=True)
class OpenClusters:
    """Reads what is open, by what the advisor in use makes of it."""

    manager: KnowledgeManager
    questions: QuestionLog

    async def all(self) -> list[QuestionCluster]:
        """All of them, those that need a moderator first."""
        return await asyncio.to_thread(cluster_questions, await self.questions.open(), self.manager.advisor.matcher)

    async def find(self, question: int) -> QuestionCluster | None:
        """The cluster that a question belongs to, that question first."""
        for cluster in await self.all():
            ordered = sorted(cluster.questions, key=lambda q: q.id != question)
            if ordered[0].id == question:
                return QuestionCluster(tuple(ordered))
        return None

    async def still_open(self, question: int) -> QuestionCluster:
        """The cluster of an open question, that question first. Raises EditError when it is done with."""
        cluster = await self.find(question)
        if cluster is None:
            raise EditError(sentences.QUESTION_GONE)
        return cluster
