"""Every sentence that the bot says and that is not knowledge. Warm, short, plain. Knows nothing else."""

NAME = "Career Advisor"

# Questions
EMPTY = "Ask me about prompt engineers or AI engineers: what they do, what they earn, who suits which."
UNKNOWN = "I only know one article on prompt engineers and AI engineers, and it doesn't answer that."
NEAREST = "The nearest I have:"
CLARIFY = "Which of these do you mean?"
NOT_MEANT = "Sorry about that. Did you mean one of these?"
NOTHING_ELSE = "Sorry about that. I have nothing closer: the article may not answer it. /topics shows all I know."
NOTED = "Thanks, noted. The article may not answer that; /topics shows all I know."
TRY = "You could ask:"

# Buttons
BUTTON_NOT_MEANT = "Not what I meant"
BUTTON_NONE = "None of these"
BUTTON_DELETE = "Delete"
BUTTON_TOPICS = "All topics"
CHOOSE_TOPIC = "Choose a topic"
CHOOSE_ENTRY = "Choose a question"

# Quiz
STEPS = ("Not me at all", "Mostly not me", "Half and half", "Mostly me", "Very much me")
QUIZ_WELCOME = "{count} statements, about two minutes. There are no right answers, and none of them is stored."
QUIZ_STEP = "{place} of {count}"
QUIZ_SCALES = "How well each role fits, from 0 to 100:"
QUIZ_MOVED = "**What counted most**"
QUIZ_CHANGE = "A close call: with “{answer}” for “{statement}” I'd have said *{outcome}*."
QUIZ_MIRROR = "This is a mirror, not a hiring test."
QUIZ_COUNTED = "**How each answer counted**\nIn points, from the middle of the scale of its role."
QUIZ_SKIPPED = "skipped"
QUIZ_TOO_FEW = "I need a few more answers to say anything fair. Go back and fill in some that you skipped."
QUIZ_STOPPED = "Stopped. Nothing was kept. Come back any time with `/quiz`."
QUIZ_EDITED = "The quiz has been edited since you began. Let's start afresh; it takes two minutes."
QUIZ_FORGED = "I can't read that button any more. Let's start afresh; it takes two minutes."
QUIZ_SHARED = "**{name}** took the fit quiz. It says: **{outcome}**."
QUIZ_NONE = "There is no quiz here yet. Ask me anything instead!"
QUIZ_STATS = "**How the quiz came out here** ({count} results)"
QUIZ_STATS_FEW = "Too few results in this server so far: I show them from {least} on."
QUIZ_STATS_OFF = "Results are not counted here."
OUTCOMES = {"both": "Both roles", "neither": "No clear favourite", "mixed": "Mixed signals"}
BUTTON_QUIZ = "Take the quiz"
BUTTON_WHICH_SUITS_ME = "Which suits me?"
BUTTON_BACK = "Back"
BUTTON_SKIP = "Skip"
BUTTON_STOP = "Stop"
BUTTON_SHARE = "Share"
BUTTON_RETAKE = "Retake"
BUTTON_COUNTED = "How answers counted"
BUTTON_TO_RESULT = "Back to the result"

# Manners
NOT_YOURS = "That button belongs to the person who asked. Ask me yourself, I'm happy to help!"
COOLDOWN = "One moment, please: you can ask again in {seconds} s."
ENTRY_GONE = "That answer has been rewritten since. Please ask me again."
FAILED = "Sorry, something went wrong on my side. Please try again. (Reference: {reference})"
NO_TEXT = "That message has no text that I could answer."

# Commands
TOPICS = "What would you like to know about?"
NO_COMPARISON = "I can't set the two side by side on that. Pick a topic from the list."
ABOUT = (
    "I answer questions about two careers, prompt engineer and AI engineer. Every answer rests on one curated article "
    "({title}, {year}); when it doesn't say, I tell you so. No answer is made up by a language model. "
    "I know {entries} answers and {phrasings} ways to ask for them."
)
HELP = (
    "**Ask me anything about prompt engineers and AI engineers.**\n"
    "• Mention me, reply to me, write me a DM, or use `/ask`\n"
    '• Follow up: "and senior?", "what about the other one?"\n'
    "• `/topics` shows everything I know, `/compare` sets both roles side by side\n"
    "• `/quiz` tells in two minutes which role suits you\n"
    "• On any message: Apps → *Answer this question*\n"
    "• Not what you meant? The button under the answer shows what else it could be."
)
PRIVACY = (
    "**What I keep**\n"
    "• Our conversation, in memory, for {minutes} minutes, so that you can follow up\n"
    "• Questions that I could not answer, without your name, in memory until I restart, so that they can be added\n"
    "• How often each outcome of the quiz came, by server and day, unless the operator has turned that off\n"
    "**What I don't**\n"
    "• I don't store your answers to the quiz, nor that you took it\n"
    "• I store no names, no profiles and no other messages, and send nothing to other services\n"
    "• I only read messages that mention me, reply to me or reach me by DM, and channels that moderators opened for it"
)

# Terminal
BOT_DESCRIPTION = "Answers questions about prompt engineers and AI engineers."
