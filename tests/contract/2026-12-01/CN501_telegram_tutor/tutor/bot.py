import secrets
import time
from uuid import uuid4 as fresh_id

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from tutor import threads
from tutor.threads import create_thread


async def on_message(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    thread = create_thread(update.effective_user.id, "maths", thread_id=str(fresh_id()))  # want: CN501
    thread["turns"].append(update.message.text)
    await update.message.reply_text(f"{len(thread['turns'])} turns so far")


async def on_button(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    pupil = update.effective_user.id
    thread = threads.create_thread(pupil, update.callback_query.data, thread_id=f"thread-{time.time_ns()}")  # want: CN501
    await update.callback_query.answer(thread["subject"])


async def on_exercise(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    thread = threads.get_thread(update.effective_user.id, "maths")
    entry = threads.create_exercise(thread, exercise_id=secrets.token_hex(4))  # ok: CN501 the exercise is new, the thread is not
    await update.message.reply_text(str(entry["number"]))


async def on_import(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    chosen = context.args[0]
    threads.create_thread(update.effective_user.id, "history", thread_id=chosen)  # ok: CN501 the id is the pupil's own


def main(bot_key: str) -> None:
    application = Application.builder().token(bot_key).build()
    application.add_handler(CommandHandler("exercise", on_exercise))
    application.add_handler(CommandHandler("import", on_import))
    application.add_handler(MessageHandler(filters.TEXT, on_message))
    application.add_handler(CallbackQueryHandler(on_button))
    application.run_polling()
