"""The pack Leftover: what another system or a writer left in a text is found once, and its near misses pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from cannedkit import Kit
from cannedkit.lint.linter import Linter
from cannedkit.model.draft import Draft
from cannedkit.model.settings import Settings

LEFT = [
    # the software of help desks
    ("Hello {{contact.first_name}}, it's Ria.", "{{contact.first_name}}"),  # Chatwoot, Rocket.Chat
    ("Hello {{ contact.name || 'you' }}.", "{{ contact.name || 'you' }}"),
    ("Case {{ticket.id}} is open.", "{{ticket.id}}"),  # Zendesk, Freshdesk, Gorgias
    ("{{dc.return_steps}}", "{{dc.return_steps}}"),
    ('Hello {{user.first_name|fallback:"you"}}.', '{{user.first_name|fallback:"you"}}'),  # Intercom
    ('Hello <attribute key="user.first_name" default="you"/>.', '<attribute key="user.first_name" default="you"/>'),
    ("Hello {{recipient.first_name}}.", "{{recipient.first_name}}"),  # Front
    ("Case #{ticket.number} is yours.", "#{ticket.number}"),  # Zammad
    ("Open https://#{config.fqdn}/help today.", "#{config.fqdn}"),
    ("It's from #{dt(ticket.created_at)} on.", "#{dt(ticket.created_at)}"),
    ("Hello {%customer.firstName%}.", "{%customer.firstName%}"),  # FreeScout, Help Scout
    ("Hello {%customer.lastName,fallback=you%}.", "{%customer.lastName,fallback=you%}"),
    ("Hello %{ticket.name.first}.", "%{ticket.name.first}"),  # osTicket, Discourse, Rails
    ("Hello %{my_name,fallback:you}.", "%{my_name,fallback:you}"),
    ("Hello {nick}, I'm {operator}.", "{nick}"),  # Live Helper Chat
    ("Your coat is [b]blue[/b].", "[/b]"),
    ("Hello {{ doc.customer_name or 'you' }}.", "{{ doc.customer_name or 'you' }}"),  # Frappe, Parlant
    ("[[MISSING TOKEN - FIRST NAME]]", "[[MISSING TOKEN - FIRST NAME]]"),  # HubSpot
    ("Hello {!Contact.FirstName}.", "{!Contact.FirstName}"),  # Salesforce
    ("Hello {{{Recipient.FirstName}}}.", "{{{Recipient.FirstName}}}"),
    ("Hello ${Contacts.First Name}.", "${Contacts.First Name}"),  # Zoho
    ("Hello {$firstname}.", "{$firstname}"),  # LiveAgent, Smarty
    ("{if $order.late}It's late.", "{if $order.late}"),
    ("Hello %name%, I'm Ria.", "%name%"),  # LiveChat
    ("See %quick_links% for more.", "%quick_links%"),
    ("Thanks, @{issue-author}.", "@{issue-author}"),  # GitHub
    ("It's like ${duplicateQuery}.", "${duplicateQuery}"),
    ("Hello <<Client.PreferredName>>.", "<<Client.PreferredName>>"),
    ("Hello ((first_name)).", "((first_name))"),  # GOV.UK Notify
    ("Your coat is {color}.", "{color}"),
    ("{noformat}the log", "{noformat}"),  # Jira
    ("{panel:title=Note}Late{panel}", "{panel:title=Note}"),
    ("You wrote: {quote}blue{quote}", "{quote}"),
    ("{color:red}Late{color}", "{color:red}"),
    ("Ask [~jfield] about it.", "[~jfield]"),
    ("Thanks, <@U02ABC4D>.", "<@U02ABC4D>"),  # Slack
    # expanders, bots and mailers
    ("Hello {name}.", "{name}"),  # Rasa
    ("Hello {Name}.", "{Name}"),
    ("Hello {first_name}.", "{first_name}"),
    ("Your coat is {{workflow.colour}}.", "{{workflow.colour}}"),  # Botpress
    ("Your coat is $session.params.colour.", "$session.params.colour"),  # Dialogflow
    ("Hello [[name]].", "[[name]]"),  # espanso
    ("Hello $|$.", "$|$"),
    ("Hello %filltext:name=first%.", "%filltext:name=first%"),  # TextExpander
    ("It's here: %clipboard", "%clipboard"),
    ("Hello {formtext: default=you}.", "{formtext: default=you}"),  # Text Blaze
    ("Hello *|FNAME|*.", "*|FNAME|*"),  # Mailchimp
    ("Hello %%first_name%%.", "%%first_name%%"),  # Pardot
    ("Hello %%=v(@name)=%%.", "%%=v(@name)=%%"),  # Marketing Cloud
    ("Hello [firstname,fallback=you].", "[firstname,fallback=you]"),  # Campaign Monitor
    ("Hello ##name##.", "##name##"),
    ("Hello @@name@@.", "@@name@@"),
    ("Hello __FIRST_NAME__.", "__FIRST_NAME__"),
    ("Hello «FirstName».", "«FirstName»"),  # Word
    # programs
    ("Hello { $name }.", "{ $name }"),  # Fluent
    ("{count, plural, one {# coat} other {# coats}}", "{count, plural"),  # ICU
    ("You have {0} coats.", "{0}"),
    ("You pay {amount:.2f} now.", "{amount:.2f}"),
    ("Hello %s.", "%s"),
    ("Hello %1$s.", "%1$s"),
    ("Hello %(name)s.", "%(name)s"),
    ("You have %d coats.", "%d"),
    ("Hello $first_name.", "$first_name"),
    ("Hello $firstName.", "$firstName"),
    ("Hello $name.", "$name"),
    ("Hello :first_name.", ":first_name"),  # Laravel
    ("Hello <%= name %>.", "<%= name %>"),
    ("Hello <?= $name ?>.", "<?= $name ?>"),
    ("{{#if late}}It's late.", "{{#if late}}"),
    ("{% if late %}It's late.", "{% if late %}"),
    ("{# ask Ria #}It's late.", "{# ask Ria #}"),
    ("<#if late>It's late.", "<#if late>"),
    ("It's here.<!-- add a link -->", "<!-- add a link -->"),
    ("translation missing: en.mail.hello", "translation missing: en.mail.hello"),
    ("Hello {{ name.", "{{"),
    ("Hello {{name}.", "{{name}"),
    ("It's in the guide【4†source】.", "【4†source】"),
    # in addresses
    ("Open https://example.org/orders/{id} today.", "{id}"),
    ("Open https://example.org/orders/:id today.", ":id"),
    ("Open https://example.org/?q=%7Bquery%7D today.", "%7Bquery%7D"),
    ("Open https://example.org/?o=#{id} today.", "#{id}"),
    ("Write to mailto:%{email} today.", "%{email}"),
    ("See [our page](https://example.org/{{ page }}).", "{{ page }}"),
    # for people
    ("Hello [Name].", "[Name]"),
    ("Hello [Your Name].", "[Your Name]"),
    ("It's here on [INSERT DATE].", "[INSERT DATE]"),
    ("It's here on [date of delivery].", "[date of delivery]"),
    ("It's here in [X days].", "[X days]"),
    ("Hello <Name>.", "<Name>"),
    ("Hello <first name>.", "<first name>"),
    ("Your question about <insert issue> is here.", "<insert issue>"),
    ("Hello {Customer Name}.", "{Customer Name}"),
    ("Dear [Mr/Mrs] Field.", "[Mr/Mrs]"),
    ("Geachte [naam van de klant].", "[naam van de klant]"),
    ("Beste [klantnaam].", "[klantnaam]"),
    ("สวัสดีค่ะ คุณ[ชื่อลูกค้า]", "[ชื่อลูกค้า]"),
    ("నమస్కారం [పేరు] గారు.", "[పేరు]"),
    ("Write to [email\xa0protected] today.", "[email\xa0protected]"),
    ("Ring ____ today.", "____"),
    ("Name: ________", "________"),
    ("It's here on XX/XX/2026.", "XX/XX/2026"),
    ("You get €XX,XX back.", "€XX,XX"),
    ("Your order is XXXX.", "XXXX"),
    ("TODO: ask Ria.", "TODO"),
    ("FIXME", "FIXME"),
    ("TODO add a link", "TODO"),
    ("It's here [TODO]", "TODO"),
    ("Lorem ipsum dolor sit amet, and so on.", "Lorem ipsum dolor sit amet"),
    ("Open INSERT LINK today.", "INSERT LINK"),
    ("Open insert your link here.", "insert your link here"),
    ("Dear CUSTOMER_NAME, it's here.", "CUSTOMER_NAME"),
    ("It's like issue #ISSUE_NUMBER.", "ISSUE_NUMBER"),
    ("See [*+this+*|https://example.org/%project_id%] first.", "%project_id%"),
    ("Hello firstName, it's here.", "firstName"),
    ("Hi name, it's here.", "name"),
    ("Hello %First Name%.", "%First Name%"),
    ("Hello ~Contact.FirstName~.", "~Contact.FirstName~"),  # Keap
    ("Hello #Customer Name#.", "#Customer Name#"),
    ("{#if late}It's late.", "{#if late}"),
    ("{{> footer}}", "{{> footer}}"),
    ("Hello (insert name).", "insert name"),
    ("It's here on DD/MM/YYYY.", "DD/MM/YYYY"),
    ("It's here by [dd/mm].", "[dd/mm]"),
    ("Your question is about [reason for refund].", "[reason for refund]"),
    ("Hi XX, it's here.", "XX"),
    # values
    ("Hi {}, it's here.", "{}"),
    ("Hi null, it's here.", "null"),
    ("Dear undefined, it's here.", "undefined"),
    ("Hello - -, it's here.", "- -"),
    ("You get €NaN back.", "NaN"),
    ("It's from [object Promise] on.", "[object Promise]"),
    ("It's here on Invalid Date.", "Invalid Date"),
    ("It's for (null), then.", "(null)"),
]  # fmt: skip
"""A text, and the first left-over in it: written from the documents of the systems."""

PASSES = [
    "Press <Enter>, then <Ctrl>+<C>.",
    "Click [Name], then choose [Date] at the top.",
    "Ask in #orders, or at issue #12.",
    "It's 50% off, then 20% off; 100%!",
    "At 50%, and 20% later, you pay 5 % more.",
    "50%off and 20%off are two offers.",
    "Ask @maria, or @jo_field, or jo.field@example.org.",
    "Follow @maria@example.social.",
    "It has [8 digits], he wrote [sic].",
    "It's in the box [1], see [2] and [3, 4].",
    "Tick [x] or [ ] on the form.",
    "She said that [the order] was late.",
    "[Solved] [External] Your coat",
    "Press `{ }` to open it, and `{name}` to fill it.",
    "The log is in crash-reports/crash-<DATE>-client.txt or in <date>.zip there.",
    "Als tekst hier staat, ziet de klant die.",
    "Type `git push [origin name] [branch name]` or `git push {origin} {branch} -f` there.",
    "Type `printf %s %d` or `echo $first_name %name%` there.",
    "Type `{{ user.name }}` or `%{name}` or `[[name]]` there.",
    "It costs $20, US$25, A$30 or $1,000.50.",
    "It's $5 {with the belt}.",
    "I <3 it, and 2 < 3 > 1.",
    "See <https://example.org/a> or <jo@example.org>.",
    "See [link](https://example.org) and [name](https://example.org/n).",
    "Sorry :-{ and :{ and {} and { }.",
    "We write C#, F# and .NET.",
    "It's for Ria (name), Jo (date), and so on.",
    "The file is called coat_2026_final_v2.pdf.",
    "It's in coat__new.txt and __init__.py.",
    "Love from all of us xxx",
    "The coat is XXL, XXXL or XS/XL.",
    "It went to the card XXXX-XXXX-XXXX-1234.",
    "It went to the card XXXX XXXX XXXX 1234.",
    "It went to the card ****1234.",
    "____________________",
    "(>___<) and -___- and ^___^",
    "Add it to your TODO list, or to your to-do list.",
    "The error is ERR_NAME_NOT_RESOLVED or DNS_PROBE_FINISHED_NXDOMAIN.",
    "Insert the card here, then fill in the form.",
    "Open %APPDATA%\\Coats, %TEMP% or %ProgramFiles%.",
    "Open https://example.org/caf%C3%A9%20au%20lait?q=a%2Cb today.",
    "Open https://example.org/a_b/c-d?e=f&g=h#i today.",
    "Set $JAVA_HOME and $PATH.",
    "Buy $AAPL or $TSLA.",
    "None of the coats were late; none was lost.",
    "Null and void, the name Null, an undefined word.",
    "Naan bread, and Nan province.",
    "We're open 10:00 - 16:00 - bring the form.",
    "Hi - it's here.",
    "Write the date as DD/MM/YYYY.",
    "It weighs {2, 3} or a{3} or x[0] in the sum.",
    "Thanks :thumbs_up: and :smile:",
    "The path is C:\\Coats\\new\\",
    "« Bonjour », „Hallo“ and «слово».",
    "2 * 3 ** 4, and *one* or **two** words.",
    "See array[index] and list[name].",
    "It's 5'11\" - or [5 ft 11].",
    "Free** delivery.\n** Only in York.",
    "Re: [Ticket 4821] your coat",
    "Well... it depends… on the day.",
    "สวัสดีค่ะ ลด 50% วันนี้ (เฉพาะสาขา) ค่ะ",
    "మీ ఆర్డర్ #4821 సిద్ధంగా ఉంది (రేపు).",
    "Beste Jo, uw jas [maat 42] is er.",
    "Press {Enter}, then {F5}.",
    "It comes in XXX-Large and XXX Large.",
    "It's from Super Bowl XXX.",
    "La tienda abre TODO EL DÍA.",
    "The field is null.",
    "Type \\n for a new line.",
    "Dear True, it's here.",
    "Use [Update Order], then [Send Link], then [Add to cart].",
    "*Doors open at 4. **Coats stay with us.",
    "ลงที่โรงแรม\u200b ราคาดี",
    "```\nls `pwd`\n```",
    "Kies [Naam] of druk op <Enter>.",
]
"""Texts with signs that mean what they say."""

HIDDEN = [
    ("Open coat\u202egpj.exe.", 9),
    ("Ring \u202a020 7946 0000.", 5),
    ("Hello \u2068Jo.", 6),
    ("Hello\x00 there.", 5),
    ("Hello \x1b[31mthere.", 6),
    ("Hello\x7f.", 5),
    ("Hello\x0bthere.", 5),
    ("Hello\u2028there.", 5),
    ("It's here: \ufffc", 11),
    ("Open \ue000 today.", 5),
    ("Your code is COAT\u200b20.", 17),
    ("Open ex\u2060ample.org.", 7),
    ("Hello \ufeffJo.", 6),
    ("Hel\u200dlo.", 3),
    ("Hel\u200clo.", 3),
    ("Ring \u200e020 7946 0000.", 5),
    ("Hello\U000e0041\U000e0042.", 5),
    ("Hello 😊\ufe0f\U000e0101\U000e0102.", 7),
    ("Hello\u3164there.", 5),
    ("Your coat is here.\\", 18),
    ("Your coat is here.\\\nIt's blue.", 18),
    ("Hello,\\nYour coat is here.", 6),
    ("It costs \\u20ac5.", 9),
    ("**Your coat is here.", 0),
    ("It's **here, and *blue*.", 5),
    ("It's ~~late.", 5),
    ("```\nthe log", 0),
    ("See [our page](https://example.org/a for more.", 13),
    ("Open ex\u0430mple.org.", 7),
    ("It costs =E2=82=AC5.", 9),
    ("=?utf-8?Q?Coat?=", 0),
]
"""A text, and where what deceives or breaks it starts."""

SEEN = [
    "The family 👨‍👩‍👧‍👦 and 👩🏽‍💻, ❤️‍🔥 and ✌🏽.",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇳🇱 1️⃣ ☎️",
    "می‌خواهم کتاب‌ها را ببینم.",
    "సాఫ్ట్‌వేర్ అప్‌డేట్ సిద్ధంగా ఉంది.",
    "क्‍या यह श्रीमान्‌ का है?",
    "สวัสดี\u200bค่ะ\u200bคุณ\u200bโจ",
    "שלום, המספר הוא \u200e020 7946 0000\u200f.",
    "مرحبا \u2068Jo\u2069، طلبك جاهز.",
    "Hello,\r\n\tit's here.\n\nRia",
    "The folder is C:\\Coats\\ or \\\\desk\\share\\",
    "Oh well :\\ or :-\\",
    "¯\\_(ツ)_/¯",
    "**Blue** and ~~red~~ and `green` and ```\nthe log\n```",
    "Код SMS-ка, 3D-модель, ΔT, 5 µm, πr².",
    "葛\U000e0100城市 is in Nara.",
]
"""Texts in which the same characters are needed."""


@pytest.fixture(scope="module")
def linter() -> Linter:
    """The pack by itself."""
    return Kit(Settings(root=Path.cwd(), packs=("Leftover",), engines={}, engines_named=True)).linter()


def _catalogue(folder: Path, body: str, format: str = "text") -> Kit:
    """A catalogue of one reply, whose body stands between double quotes."""
    (folder / "responses").mkdir()
    (folder / "cannedkit.yaml").write_text("packs: [Leftover]\nengines: {}\n")
    written = "".join(sign if sign.isprintable() and sign not in '"\\' else f"\\U{ord(sign):08X}" for sign in body)
    (folder / "responses" / "shop.yaml").write_text(
        f'coat:\n  body: "{written}"\n  format: {format}\n', encoding="utf-8"
    )
    return Kit.load(folder)


@pytest.mark.parametrize(("text", "left"), LEFT)
def test_a_left_over_in_a_draft(linter: Linter, text: str, left: str) -> None:
    """A left-over of any system is one error over the whole of it."""
    start = text.index(left)
    found = linter.lint(Draft(text))
    assert [(one.start, one.end) for one in found if one.start < start + len(left)] == [(start, start + len(left))]
    assert str(found[0].level) == "error"


def test_markup_of_jira_is_told_where_it_shows() -> None:
    """On a channel that is called jira its markup is shown as meant, and a placeholder of another system is not."""
    settings = Settings(root=Path.cwd(), packs=("Leftover",), engines={}, engines_named=True)
    text = "Hello {name}, it's {color:red}late{color}."
    found = {
        channel: [text[one.start : one.end] for one in Kit(settings).linter().lint(Draft(text, channel=channel))]
        for channel in ("chat", "jira")
    }
    assert found == {"chat": ["{name}", "{color:red}", "{color}"], "jira": ["{name}"]}


@pytest.mark.parametrize(("text", "left"), LEFT)
def test_a_left_over_in_a_body(tmp_path: Path, text: str, left: str) -> None:
    """In a body it is an error, too, whether a rule finds it or it is no placeholder that the catalogue knows."""
    kit = _catalogue(tmp_path, text)
    if any(sign in text for sign in ("{{", "}}", "{%")):
        assert kit.check().errors
        return
    found = kit.check().findings[0]
    assert (found.finding.rule.partition(".")[0], found.place.column) == ("Leftover", 10 + text.index(left))


@pytest.mark.parametrize("text", PASSES)
def test_signs_that_mean_what_they_say(linter: Linter, text: str) -> None:
    """A near miss is silent, in a draft and as Markdown reads it."""
    assert [(text[found.start : found.end], found.rule) for found in linter.lint(Draft(text))] == []


@pytest.mark.parametrize(("text", "start"), HIDDEN)
def test_characters_that_deceive_or_break(linter: Linter, tmp_path: Path, text: str, start: int) -> None:
    """A character that nobody sees, and markup that nothing closes, is an error at its place, in a body too."""
    assert [found.start for found in linter.lint(Draft(text))][:1] == [start]
    assert _catalogue(tmp_path, text).check().findings


@pytest.mark.parametrize("text", SEEN)
def test_characters_that_are_needed(linter: Linter, text: str) -> None:
    """What emoji, flags and scripts need is silent."""
    assert [(found.start, found.rule) for found in linter.lint(Draft(text))] == []


@pytest.mark.parametrize(
    ("text", "locale", "cut"),
    [
        ("Could you tell me the", "en-GB", True),
        ("I've looked, and ", "en-US", True),
        ("I looked up your order and the coat", "en-GB", False),
        ("It's the one that you asked for", "en-GB", False),
        ("Ik heb gekeken, en", "nl", True),
        ("Ik doe het", "nl", False),
        ("Busque en", "es", False),
    ],
)
def test_a_text_that_ends_in_mid_sentence(tmp_path: Path, text: str, locale: str, cut: bool) -> None:
    """A text whose last word opens what never comes is an error, in a language whose words we know."""
    rules = {found.rule for found in Kit.load(tmp_path, with_engines=False).lint(text, locale=locale)}
    assert bool(rules & {"Leftover.CutOff", "Leftover.Afgebroken"}) is cut


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See [our page](https://example.org/{id}) today.", ["{id}"]),
        ("See <https://example.org/%{id}> today.", ["%{id}"]),
        ("See https://example.org/#{id} today.", ["#{id}"]),
        ("Hello {name}, type `{id}` today.", ["{name}"]),
        ("Type this:\n\n```\nls {id} https://example.org/{id} %s\n```\n", []),
        ("Hello, and\n\n```\nls\n```\n", []),
        ("Hello [Name], see [the name](https://example.org/a).", ["[Name]"]),
    ],
)
def test_a_body_in_markdown(tmp_path: Path, text: str, found: list[str]) -> None:
    """In Markdown addresses are read, and code is not."""
    review = _catalogue(tmp_path, text, "markdown").check()
    assert [text[one.start : one.end] for one in (each.finding for each in review.findings)] == found


def test_the_pack_is_on_unless_other_packs_are_named(tmp_path: Path) -> None:
    """Without `packs` it reads the drafts of every language."""
    kit = Kit.load(tmp_path, with_engines=False)
    for locale in ("en-GB", "nl", "th", "te", "pt-BR"):
        assert "Leftover.Tags" in {found.rule for found in kit.lint("{{ naam }} 4821", locale=locale)}


def test_a_long_text_of_signs_is_read_in_time(linter: Linter) -> None:
    """No pattern runs out of time on a long text of what it looks for."""
    for sign in ("{", "[", "<", "%", "$a", "#a", "_", "*", "\\", "`", "x/", "{a", "[a ", "{{a ", "**a", "__a", "((a "):
        linter.lint(Draft(sign * (20_000 // len(sign))))
