"""How a text opens and closes: a greeting and a sign-off are found where that is sure, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cannedkit.text.letter import greeting, sign_off

LANGUAGES = ("en", "nl", "de", "fr", "es", "it", "pt", "te", "th", "xx")


def _filled(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks `‹ ›`, and the spans that stood in them."""
    spans, plain = [], ""
    for piece in text.split("‹"):
        value, mark, rest = piece.partition("›")
        if mark:
            spans.append((len(plain), len(plain) + len(value)))
        plain += value + rest
    return plain, spans


@pytest.mark.parametrize(
    ("language", "text", "greets"),
    [
        ("en", "Hi ‹Ana›, it's on its way.", "Hi Ana, "),
        ("en", "Hi ‹de Vries›. It's on its way.", "Hi de Vries. "),
        ("en", "Hello! It's on its way.", "Hello! "),
        ("en", "Good morning, ‹Ana›! It's here.", "Good morning, Ana! "),
        ("en", "Good morning, ‹Ana› is the one who packed it.", "Good morning, "),
        ("en", "Dear Ms. Cole,\n\nYour card is ready.", "Dear Ms. Cole,\n\n"),
        ("en", "Dear Mr and Mrs O'Neil, it is here.", ""),
        ("en", "Hi there – it's here.", "Hi there – "),
        ("en", "Hi ‹there›,\nit's here.", "Hi there,\n"),
        ("en", "Hi I'm ‹Jo›, and I have your file.", ""),
        ("en", "Hi, I'm ‹Jo›. I have your file.", "Hi, "),
        ("en", "Hi, thanks for the photo.", "Hi, "),
        ("en", "High winds hold the ferry.", ""),
        ("en", "Hello Kitty cups are back in the shop.", ""),
        ("en", "Dear customers told us so.", ""),
        ("en", "It's on its way, ‹Ana›.", ""),
        ("nl", "Beste mevrouw ‹Jansen›, het komt eraan.", "Beste mevrouw Jansen, "),
        ("nl", "Goedendag ‹Ana›, het komt eraan.", "Goedendag Ana, "),
        ("nl", "Dag ‹3› is vrij.", ""),
        ("nl", "Beste kwaliteit voor u.", ""),
        ("de", "Sehr geehrte Frau Müller, es ist unterwegs.", "Sehr geehrte Frau Müller, "),
        ("de", "Hallo zusammen! Es ist unterwegs.", "Hallo zusammen! "),
        ("fr", "Bonjour Madame, c'est parti.", "Bonjour Madame, "),
        ("es", "Estimado señor García: va de camino.", "Estimado señor García: "),
        ("es", "¿Hola? No le oigo.", ""),
        ("it", "Gentile cliente, è in arrivo.", "Gentile cliente, "),
        ("pt", "Olá ‹Ana›, já vai.", "Olá Ana, "),
        ("th", "สวัสดีค่ะคุณ‹อนา› พัสดุกำลังมา", ""),
        ("th", "สวัสดีค่ะคุณ‹อนา›\nพัสดุกำลังมา", "สวัสดีค่ะคุณอนา\n"),
        ("xx", "Hi ‹Ana›, it's here.", ""),
    ],
)
def test_a_greeting_ends_behind_the_name(language: str, text: str, greets: str) -> None:
    """The phrase, who is greeted, and what ends it; nothing where the line goes on without an end."""
    plain, filled = _filled(text)
    assert plain[: greeting(plain, language, filled)] == greets


@pytest.mark.parametrize(
    ("language", "text", "signs"),
    [
        ("en", "It's here.\n\nKind regards,\n‹Jo›\nExample Shop", "Kind regards,\nJo\nExample Shop"),
        ("en", "It's here.\n\nKind regards\n\n‹Jo›", "Kind regards\n\nJo"),
        ("en", "It's here. Best, ‹Jo›", "Best, Jo"),
        ("en", "It's here. Best, Jo", "Best, Jo"),
        ("en", "It's here. Have a nice day!", "Have a nice day!"),
        ("en", "It's here.\n\n‹Jo›\n‹Example Shop›", "Jo\nExample Shop"),
        ("en", "It's here. ‹Jo›", "Jo"),
        ("en", "It's here.\n\n– ‹Jo›, ‹Example Shop›", "– Jo, Example Shop"),
        ("en", "It's here.\n\nThanks,\nThe billing team", "Thanks,\nThe billing team"),
        ("en", "Could you send a photo? Thanks!", ""),
        ("en", "It's here. Thanks. That helps us", ""),
        ("en", "It's here. Thank you, that helps us", ""),
        ("en", "It's here.\n\nKind regards,\nJo\n\nP.S. Bring the box.", ""),
        ("en", "Take care of the box.", ""),
        ("en", "I asked ‹Jo›", ""),
        ("en", "Have a nice day\n\nPlease rate this chat", ""),
        ("nl", "Het is er.\n\nMet vriendelijke groet,\n‹Jo›", "Met vriendelijke groet,\nJo"),
        ("nl", "Het is er. Nog een fijne dag!", "Nog een fijne dag!"),
        ("nl", "Groeten uit Leiden staat op de kaart.", ""),
        ("de", "Es ist da.\n\nMit freundlichen Grüßen\n‹Jo›", "Mit freundlichen Grüßen\nJo"),
        ("fr", "C'est là.\n\nBien cordialement,\n‹Jo›", "Bien cordialement,\nJo"),
        ("es", "Ya está.\n\nUn saludo,\n‹Jo›", "Un saludo,\nJo"),
        ("it", "È qui.\n\nCordiali saluti,\n‹Jo›", "Cordiali saluti,\nJo"),
        ("pt", "Está aqui.\n\nAtenciosamente,\n‹Jo›", "Atenciosamente,\nJo"),
        ("xx", "Dyma fo.\n\n‹Jo›", "Jo"),
    ],
)
def test_a_sign_off_holds_nothing_but_names(language: str, text: str, signs: str) -> None:
    """A closing phrase with names behind it, or names alone; nothing where a sentence follows."""
    plain, filled = _filled(text)
    names = [(left, right) for left, right in filled if plain[left:right] == "Jo"]
    assert plain[sign_off(plain, language, filled, names) :] == signs


def test_a_value_that_is_no_name_is_no_sign_off() -> None:
    """A link or an amount on the last line is what the reply says."""
    plain, filled = _filled("Track it here:\n\n‹https://example.org/t/7›")
    assert sign_off(plain, "en", filled) == len(plain)


@given(st.text("Hi Best,\n.!Jo éÀ-–'0", max_size=40), st.sampled_from(LANGUAGES), st.data())
def test_any_text_has_its_ends_inside(text: str, language: str, data: st.DataObject) -> None:
    """Both offsets lie in the text, whatever it is and whatever is filled."""
    left = data.draw(st.integers(0, len(text)))
    filled = [(left, data.draw(st.integers(left, len(text))))] if left < len(text) else []
    assert 0 <= greeting(text, language, filled) <= len(text)
    assert 0 <= sign_off(text, language, filled, filled) <= len(text)


def test_a_long_text_takes_no_time() -> None:
    """The end of a text is looked at, not all of it: 100,000 characters of greetings are read at once."""
    text = "Hi Ana. Kind regards, " * 4_500
    assert greeting(text, "en") == 8
    assert sign_off(text, "en") <= len(text)
