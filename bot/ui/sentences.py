"""Every sentence that the bot says and that is not knowledge. Warm, short, plain. Knows nothing else.

`{about}`, `{source}` and `{Source}` are filled by `bot.ui.texts.spoken` with what the knowledge says of itself.
"""

# Questions
EMPTY = "Ask me anything about {about}, in your own words."
UNKNOWN = "I only know {source} on {about}, and it doesn't answer that."
FIGURES = " What it has ({place}): {ranges}."
NO_COUNTRY = "no country named"
AND_ABOVE = " or more"
NEAREST = "The nearest I have:"
# Said before the first sentence of an answer that was given, where the source has no such thing.
ASPECTS = {
    "reason": "{Source} gives no reason for that. It says:",
    "example": "{Source} gives no further example. It says:",
    "meaning": "{Source} doesn't explain it further. It says:",
    "more": "That's all {source} says of it:",
    "again": "As {source} has it:",
}
CLARIFY = "Which of these do you mean?"
NOT_MEANT = "Sorry about that. Did you mean one of these?"
NOTHING_ELSE = "Sorry about that. I have nothing closer: {source} may not answer it. /topics shows all I know."
NOTED = "Thanks, noted. {Source} may not answer that; /topics shows all I know."
VOTED_UP = "Thanks, good to know!"
VOTED_DOWN = "Thanks for telling me. Did you mean one of these?"
VOTED_DOWN_ALONE = "Thanks for telling me. The moderators will see it."
WILL_TELL = "I'll write you a DM once somebody has taught me that."
CANT_TELL = "I can't write you a DM: please allow messages from this server, then press again."
TOLD = "You asked: “{question}”. I know it now:"
TRY = "You could ask:"
BEGINNING_ONLY = "That was long: I've read its beginning."

# Buttons
BUTTON_NONE = "None of these"
BUTTON_DELETE = "🗑️"
BUTTON_UP = "👍"
BUTTON_DOWN = "👎"
BUTTON_TELL = "Tell me later"
BUTTON_TOPICS = "All topics"
CHOOSE_TOPIC = "Choose a topic"
CHOOSE_ENTRY = "Choose a question"
NO_TOPIC = "Anything else"

# Quiz
STEPS = ("Not at all", "Not much", "So-so", "Quite a bit", "Very much")
PREFERENCES = ("Much rather 1", "Rather 1", "Both alike", "Rather 2", "Much rather 2")
QUIZ_WELCOME = "{count} activities, two to three minutes. There are no right answers, and none of them is stored."
QUIZ_STEP = "{place} of {count}"
QUIZ_QUESTION = "How much would you like this?"
QUIZ_TIE_BREAKER = "-# It's close: a few more\nWhich would you rather do?\n**1** {first}\n**2** {second}"
QUIZ_SCALE = "**{role}** {points:.0f} ({low:.0f}–{high:.0f})"
QUIZ_RANKING = "Of 100, with the likely range. {role} is ahead; about {times} times in 10 that is right."
QUIZ_CLEAR = "Of 100, with the likely range. {role} is clearly ahead."
QUIZ_LEVEL = "Of 100, with the likely range. Neither is ahead."
QUIZ_CONTRADICTION = "• *{answer}*: {one}. Yet *{other_answer}*: {other}."
QUIZ_MOVED = "**What counted most**"
QUIZ_NEXT = "**A next step** for you:"
QUIZ_MIRROR = "This is a mirror, not a hiring test."
QUIZ_COUNTED = "**How each answer counted**\nIn points, from the middle of the scale of its role."
QUIZ_PREFERRED = "### Which you would rather do"
QUIZ_SKIPPED = "skipped"
QUIZ_TOO_FEW = "I need a few more answers to say anything fair. Go back and fill in some that you skipped."
QUIZ_STOP = "Stop the quiz? Your answers are not kept."
QUIZ_STOPPED = "Stopped. Nothing was kept. Come back any time with `/quiz`."
QUIZ_EDITED = "The quiz has been edited since you began. Let's start afresh; it takes three minutes."
QUIZ_FORGED = "I can't read that button any more. Let's start afresh; it takes three minutes."
QUIZ_PREVIEW = "**Share this?** This card is all that the others will see; your answers stay with you."
QUIZ_SHARED = "**{name}** took the fit quiz: **{outcome}**."
QUIZ_REMEMBERED = "Your quiz today: **{outcome}** ({scales})."
QUIZ_NONE = "There is no quiz here yet. Ask me anything instead!"
QUIZ_STATS = "**How the quiz came out here** ({count} results)"
QUIZ_CHART = "Quiz outcomes"
QUIZ_STATS_FEW = "Too few results in this server so far: I show them from {least} on."
QUIZ_STATS_OFF = "Results are not counted here."
DEGREES = {"strong": "Strongly: {role}", "leaning": "Leaning to: {role}"}
OUTCOMES = {
    "both": "Both roles", "close": "Too close to call", "neither": "Neither speaks to you",
    "mixed": "Your answers disagree",
}  # fmt: skip
OUTCOMES_EXPLAINED = {
    "both": "Both roles speak to you.",
    "close": "Both roles suit you about as much as each other.",
    "neither": "Neither role's activities draw you much, and that is fine.",
    "mixed": "You said much the same to opposites, so take what follows with care:",
}
BUTTON_QUIZ = "Take the quiz"
BUTTON_WHICH_SUITS_ME = "Which suits me?"
BUTTON_BACK = "Back"
BUTTON_SKIP = "Skip"
BUTTON_STOP = "Stop"
BUTTON_SHARE = "Share"
BUTTON_POST = "Share it"
BUTTON_GO_ON = "Go on"
BUTTON_END = "Stop it"
BUTTON_RETAKE = "Retake"
BUTTON_COUNTED = "How answers counted"
BUTTON_TO_RESULT = "Back to the result"

# What cannot be done, and what went wrong
NOT_YOURS = "That button belongs to the person who asked. Ask me yourself, I'm happy to help!"
COOLDOWN = "One moment, please: I'll answer that in {seconds} s."
TOO_MANY = "That's a lot at once! Please wait for my answers, then ask again."
REACTION_WAIT, REACTION_TOO_MANY = "⏳", "✋"
ENTRY_GONE = "That answer has been rewritten since. Please ask me again."
FAILED = "Sorry, something went wrong on my side. Please try again. (Reference: {reference})"
COMMAND_GONE = "That command is no longer there. Type / to see the ones I have, or just ask me."
NO_TEXT = "That message has no text that I could answer."

# Commands
TOPICS = "What would you like to know about?"
NO_COMPARISON = "I can't set the two side by side on that. Pick a topic from the list."
ABOUT = (
    "I answer questions about {about}. Every answer rests on one curated source "
    "({title}, {year}); when it doesn't say, I tell you so. No answer is made up by a language model. "
    "I know {entries} answers and {phrasings} phrasings."
)
HELP = (
    "**Ask me anything about {about}.**\n"
    "• Mention me, reply to me, write me a DM, or use `/ask`\n"
    '• Follow up: "and senior?", "what about the other one?"\n'
    "• `/topics` shows everything I know{compare}\n"
    "{quiz}"
    "• On any message: Apps → *Answer this question*\n"
    "• Not what you meant? 👎 under the answer shows what else it could be."
)
HELP_COMPARE = ", `/compare` sets both roles side by side"
HELP_QUIZ = "• `/quiz` tells in three minutes which role suits you\n"
SOURCE_LINE = "From {source} ({year}), {paragraphs}"
PRIVACY = (
    "**What I keep**\n"
    "• Our conversation, in memory, for {minutes} minutes, so that you can follow up; what you tell of yourself there "
    "(your job, what you like) is used in answers on what suits you, and forgotten with it\n"
    "• Questions, for {days} days at most, so that moderators can teach me: those that I answered without whose they "
    "were, those without a good or sure answer, and votes, with a code in place of your name\n"
    "• After *Tell me later*, where to write to you, until I have\n"
    "• How often each outcome of questions and quizzes came, by day\n"
    "• Which moderator changed what in my knowledge\n"
    "**What I don't**\n"
    "• I don't store your answers to the quiz, nor that you took it\n"
    "• I store no names, no profiles and no other messages, and send nothing to other services\n"
    "• I only read messages that mention me, reply to me or reach me by DM, and channels opened for it\n"
    "**Your say**: `/forget-me` deletes at once all that concerns you"
)
FORGOTTEN = "Done. I've deleted all that I kept about you."

# Moderators
MODERATORS_ONLY = "Only this community's moderators can do that."
JOURNAL_AWAY = "I can't reach my journal just now, so nothing was changed. Please try again in a minute."
BROKEN = "**The knowledge files have problems ({count}).** I'm still using the last good version. To fix:"
PROPOSAL_BROKEN = "**With this change, the files would have problems ({count}).** Nothing was changed. To fix:"
FIXED = "**The knowledge files are fine again.** I'm using the new version: {entries} entries, {phrasings} phrasings."
LOADED = "I've read the folder again: {entries} entries, {phrasings} phrasings."
UNCHANGED = "Nothing in the folder has changed."
NO_PROBLEMS = "The files are fine."
STATUS = (
    "**Version** {version}, {broken}\n{checks}\n"
    "{entries} entries with {phrasings} phrasings, {uncovered} topics that are not covered\n"
    "Trained in {seconds:.1f} s, embedder *{embedder}*; waiting to be saved: {queued}"
)
HEALTH = "**Health**"
HEALTHY = "No weak spots."
USABLE = "no problems"
UNUSABLE = "**the last good one: the files have problems, see `/knowledge check`**"
CHECKS_HOLD = "All questions of checks.yaml get their answer"
CHECKS_FAIL = "⚠️ **Questions of checks.yaml that don't get their answer**"
CHECK_FAILS = "“{question}” gets *{given}*, not *{wanted}*"
WHY = "**{outcome}**, {sure:.0f} % sure, {margin:.0f} points ahead of the next\nRead as: {words} · facets: {facets}"
NO_RECORD = "There's no entry with that name. Pick one from the list."
RECORD_HEAD = "### {title}\n-# `{id}` · {place}{paragraphs} · {count} phrasings"
RECORD_PARAGRAPHS = " · paragraphs {paragraphs}"
NO_FILE = "There's no such file. Pick one from the list."
DOWNLOAD = "The knowledge as I'm using it now."
HISTORY = "**Latest changes**"
HISTORY_ROW = "`{id}` {when} {who}: {what}"
HISTORY_NONE = "Nothing has been changed yet."
HISTORY_HAND = "by hand"
CHANGE_NONE = "There's no change with that number."
PROPOSAL = "### {what}"
PROPOSAL_NONE = "That would change nothing."
PROPOSAL_KINDS = ("New", "Removed", "Changed")
PROPOSAL_NOW = "**Now**, “{question}” gets: {reply}"
PROPOSAL_THEN = "**Then**: {reply}"
PROPOSAL_TRIED = "Tried: it answers {answered} of {count} wordings."
PROPOSAL_OVERTURNS = "🛑 **This takes the question from an answer that it gets surely now.** Is that one wrong?"
PROPOSAL_DOES_NOT_WORK = (
    "🛑 **It would not answer its own question**, so it can't be saved. Add more wordings like it, or teach it to what "
    "it is taken for."
)
PROPOSAL_CHECKS = "⚠️ **Questions in checks.yaml that would not get their answer**"
PROPOSAL_STOLEN = "⚠️ **Questions like these would get another answer**"
PROPOSAL_GONE = "That was already decided, or is more than a day old. Nothing was changed."
PROPOSAL_SAFE = "Nothing else changes."
CANCELLED = "Cancelled. Nothing was changed."
REVIEW = "<@{author}> proposes an edit; another moderator confirms it:"
REVIEW_CLOSED = "I can't write to <#{channel}>, so nothing was sent. Let me write there, then press again."
REVIEW_OTHER = "Here another moderator than its author confirms an edit."
SUBMITTED = "Sent to <#{channel}>. It is saved once another moderator confirms it there."
SAVED = "**Saved and in use.** {what}"
SAVED_CLOSED = "Open questions that this answers: {count}"
TAUGHT = "**{title}** also answers “{question}”"
ADDED = "New entry **{title}** for “{question}”"
RIGHT = "“{question}” keeps the answer that it has"
DECLINED = "“{question}” is declined as **{title}**"
REWRITTEN = "New text of **{title}**"
RENAMED = "`{old}` is called `{new}` now"
RENAMED_FILES = (
    "Files that changed: {count}. No answer did; buttons under older answers no longer lead there. To take it back, "
    "rename it again."
)
RENAME_REVIEWED = "Edits are reviewed here, and a new id can't be. Whoever runs me can: `python -m bot rename OLD NEW`."
REMOVED = "**{title}** is taken away"
UPLOADED = "Upload of `{file}`"
UNDOING = "Undo change {id}: {what}"
QUESTIONS = "**What I could not answer well**\n-# questions: {count} · groups: {clusters} · page {page} of {pages}"
QUESTIONS_SETTLED = "{count} of them were declined as something that isn't covered: settled, and last in the list."
SETTLED = "declined, settled"
QUESTIONS_NONE = "No open questions. Members get what they ask for!"
ANSWERED = "**Answered lately**\n-# Wrong? `/knowledge teach` takes a question to its entry."
ANSWERED_NONE = "Nothing has been answered lately."
QUESTION_ROW = "**{count}×** {text}\n-# {outcome} · last on {day}"
QUESTION_HEAD = "### {text}\n-# asked by {count}, {outcome}, last on {day}"
QUESTION_ALSO = "**Other wordings**"
QUESTION_NOW = "**What I'd say now**: {reply}"
QUESTION_HOW = "-# The closest entries are below; for any other, use `/knowledge teach`."
QUESTION_GONE = "That question has already been dealt with."
QUESTION_RECORD = "Which topic is it about? I'll say that it isn't covered."
DISMISSED = "Dismissed."
OPEN_OUTCOMES = {
    "unsure": "answered, but not surely", "decline": "declined", "clarify": "clarified",
    "not_meant": "not what they meant", "voted_down": "downvoted", "picked": "picked by a moderator",
}  # fmt: skip
WEEK = "### Week of {day}\n{asked} questions: {} answered, {} clarified, {} declined"
OUTCOME_NAMES = ("Answered", "Clarified", "Declined")
WEEK_CHART = "Questions of the week"
WEEK_WANTED = "**Asked most, without a good answer**"
WEEK_DISLIKED = "**Most downvoted answers**"
BUTTON_OPEN = "Open"
TEACH_ENTRY = "Teach: {title}"
BUTTON_NEW_ENTRY = "New entry"
BUTTON_NOT_COVERED = "Not covered"
BUTTON_NEW_RECORD = "A new one"
BUTTON_RIGHT = "Right as it is"
BUTTON_DISMISS = "Dismiss"
BUTTON_LIST = "Back to the list"
BUTTON_EARLIER = "Back"
BUTTON_LATER = "More"
BUTTON_SUBMIT = "Send for review"
BUTTON_CONFIRM = "Confirm"
BUTTON_CANCEL = "Cancel"
BUTTON_UNDO = "Undo"
BUTTON_EDIT = "Edit"
BUTTON_REMOVE = "Remove"
MODAL_ENTRY = "A new entry"
MODAL_RECORD = "A new topic that is not covered"
MODAL_EDIT = "Edit what I say"
MODAL_TITLE = "Title"
MODAL_ANSWER = "Answer"
MODAL_REPLY = "An honest reply"
MODAL_WORDINGS = "Wordings that it answers"
MODAL_DECLINED = "Declined so far: tick what it answers, too"
MODAL_ALL_DECLINED = "All {count} wordings of the topic that declined it"
MODAL_SOURCE = "Paragraphs of the source, such as 15, 16"
FORM_LOST = "I was restarted while that form was open. Please open it again."
FORM_KEPT = "What you typed, so that nothing is lost:\n{text}"

# Terminal
BOT_DESCRIPTION = "Answers questions from a curated knowledge base, on Discord and in the terminal."
TERMINAL_WELCOME = "A number chooses from a list; an empty line or “exit” ends."
TERMINAL_RELATED = "You could also ask:"
TERMINAL_NO_CHOICE = "The list goes from 1 to {count}. Type one of its numbers, or ask something else."
