"""Public registers: what each says, what it changes here, and that all of it can be taken back."""

import io
import json
import tracemalloc
import zipfile
from datetime import timedelta

import pytest

from saidanddone.core import clock, commands
from saidanddone.core.access import Refused
from saidanddone.core.files import FileRefused
from saidanddone.core.imports import CHANGED, LEFT_OUT, NEW, REFUSED, SAME, Undecided
from saidanddone.people import imports, verbs
from saidanddone.people.models import Organisation, RegisterFile
from saidanddone.reference.models import Area
from tests.factories.people import acting, make_organisation, make_post, sign_in

HEAD = (
    "URN,LA (code),EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (code),"
    "CloseDate,PhaseOfEducation (name),Postcode,SchoolWebsite,TelephoneNum,HeadLastName\n"
)
BURY = (
    '999001,351,"Heron’s Way, Primary",Academy,1,,Primary,bl99zz,heron.example,1615550101,Secret\n'
)
SHUT = "999002,351,Old Heron School,Community school,2,31-08-2019,Primary,BL9 9ZX,,,Secret\n"
AWAY = "999003,352,Far Away School,Academy,1,,Primary,M1 1AA,,,Secret\n"
LINKS = (
    "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\n999001,999009,Heron Academy,Successor,\n"
)
BY = "system:import"


def gias(*rows):
    return (HEAD + "".join(rows)).encode()


def practice(code="P99001", status="A", closed="", **over):
    cells = [""] * 27
    cells[0], cells[1], cells[9], cells[11], cells[12] = (
        code,
        "HERON SURGERY",
        "BL9 9ZY",
        closed,
        status,
    )
    cells[14], cells[17], cells[25] = "00V", "0161 5550102", "4"
    for place, told in over.items():
        cells[int(place[1:])] = told
    return (",".join(f'"{cell}"' for cell in cells) + "\r\n").encode()


def charity(**over):
    told = {
        "registered_charity_number": 9990001, "linked_charity_number": 0,
        "charity_name": "THE HERON'S NEST TRUST", "charity_registration_status": "Registered",
        "charity_contact_postcode": "BL9 9ZW", "charity_contact_email": "trustee@heron.example",
        "charity_contact_web": "www.heronnest.example", "date_of_removal": None,
    }  # fmt: skip
    return told | over


def take(kind, content, only=""):
    return verbs.take_register(
        plan=kind.read(content, only=only), file_name="file", digest="d" * 64, by=BY
    )


def fates(report):
    return [row.fate for row in report.rows]


# ------------------------------------------------------------------ what they say


@pytest.mark.django_db
def test_schools_of_one_place_come_and_nothing_of_people_is_read():
    report = take(imports.SCHOOLS, gias(BURY, SHUT, AWAY), only="351")
    assert fates(report) == [NEW, LEFT_OUT, LEFT_OUT]
    made = Organisation.objects.get(numbers__urn__contains=["999001"])
    assert (made.name, made.sector, made.postcode) == ("Heron’s Way, Primary", "school", "BL9 9ZZ")
    assert (made.phone, made.website) == ("01615550101", "https://heron.example")
    assert "Secret" not in json.dumps(list(RegisterFile.objects.values("rows", "changes")))


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_is_read(encoding):
    text = gias(BURY).decode().encode(encoding)
    assert take(imports.SCHOOLS, text).rows[0].what == "Heron’s Way, Primary (999001)"


@pytest.mark.django_db
def test_a_surgery_and_a_charity_come_with_names_as_people_write_them():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("epraccur.csv", practice())
    take(imports.NHS, packed.getvalue(), only="00V")
    linked = charity(registered_charity_number=1, linked_charity_number=3)
    report = take(imports.CHARITIES, json.dumps([charity(), linked]).encode("utf-8-sig"))
    assert fates(report) == [NEW, LEFT_OUT]
    names = {one.sector: one.name for one in Organisation.objects.exclude(numbers={})}
    assert names == {"health": "Heron Surgery", "voluntary": "The Heron's Nest Trust"}
    assert not Organisation.objects.exclude(contact_email="").filter(sector="voluntary").exists()


# -------------------------------------------------------- again, closing, following


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing_and_a_newer_one_only_what_is_new():
    take(imports.SCHOOLS, gias(BURY))
    assert fates(take(imports.SCHOOLS, gias(BURY))) == [SAME]
    moved = BURY.replace("bl99zz", "BL9 9ZX")
    report = take(imports.SCHOOLS, gias(moved))
    assert (fates(report), report.rows[0].why) == ([CHANGED], "postcode.")


@pytest.mark.django_db
def test_an_organisation_that_is_known_by_name_gets_its_number():
    known = make_organisation(name="heron’s way, primary", sector="school")
    assert fates(take(imports.SCHOOLS, gias(BURY))) == [CHANGED]
    known.refresh_from_db()
    assert known.numbers == {"urn": ["999001"]}


@pytest.mark.django_db
def test_one_that_closed_ends_unless_people_act_for_it():
    take(imports.SCHOOLS, gias(BURY))
    shut = BURY.replace(",1,,Primary", ",2,31-08-2024,Primary")
    made = Organisation.objects.get(numbers__urn__contains=["999001"])
    post = make_post("practitioner", organisation=made)
    assert fates(take(imports.SCHOOLS, gias(shut))) == [LEFT_OUT]
    post.delete()
    assert fates(take(imports.SCHOOLS, gias(shut))) == [CHANGED]
    made.refresh_from_db()
    assert str(made.ended_on) == "2024-08-31"


@pytest.mark.django_db
def test_a_school_that_became_an_academy_goes_on_under_both_numbers():
    take(imports.SCHOOLS, gias(BURY))
    assert fates(take(imports.SCHOOLS, LINKS.encode())) == [CHANGED]
    renamed = BURY.replace("999001", "999009").replace("Heron’s Way, Primary", "Heron Academy")
    assert fates(take(imports.SCHOOLS, gias(renamed))) == [CHANGED]
    made = Organisation.objects.get(numbers__urn__contains=["999009"])
    assert (made.name, made.numbers["urn"]) == ("Heron Academy", ["999001", "999009"])
    assert fates(take(imports.SCHOOLS, gias(BURY.replace(",1,,", ",2,01-01-2025,")))) != [REFUSED]
    made.refresh_from_db()
    assert made.ended_on is None  # its earlier number closed, it did not


@pytest.mark.django_db
def test_two_of_one_name_are_told_apart():
    twin = BURY.replace("999001", "999008").replace("bl99zz", "BL9 9ZX")
    report = take(imports.SCHOOLS, gias(BURY, twin))
    assert fates(report) == [NEW, NEW]
    assert Organisation.objects.filter(name="Heron’s Way, Primary (BL9 9ZX)").exists()


# ------------------------------------------------------------- all or nothing, undo


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "why"),
    [
        (BURY.replace("999001", "x"), "Line 3: It has no URN."),
        (BURY.replace(",1,,Primary", ",9,,Primary"), "Line 3: We do not know its status."),
        (SHUT.replace("31-08-2019", "30-02-2021"), "Line 3: 30-02-2021 is no day."),
        ("," + BURY, "Line 3: It has more than 11 columns."),
        (AWAY, "Line 3: this number stands there twice."),
    ],
)
def test_one_bad_row_keeps_everything_out_and_says_why(row, why):
    with pytest.raises(Undecided) as undecided:
        take(imports.SCHOOLS, gias(AWAY, row))
    assert why in str(undecided.value)
    assert not Organisation.objects.exclude(numbers={}).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", imports.KINDS.values(), ids=list(imports.KINDS))
@pytest.mark.parametrize(
    "content",
    [b"\0" * 50, b"PK\x03\x04rubbish", b"[{", b"[1, 2", b"[" * 100_000, b'"', b"a,b\n1,2\n",
     b"\xff\xfe\x00", b"<html>", b"[{}]", b"x" * 300_000],
)  # fmt: skip
def test_what_is_no_register_is_refused_in_words(kind, content):
    with pytest.raises(FileRefused, match=r"\w{3} \w"):
        kind.read(content)


@pytest.mark.django_db
def test_a_whole_country_asks_for_a_place():
    rows = (AWAY.replace("999003", str(700_000 + n)) for n in range(3_000))
    with pytest.raises(FileRefused, match="Say whose you need"):
        imports.SCHOOLS.read(gias(*rows))


@pytest.mark.django_db
def test_it_is_undone_exactly_and_not_if_somebody_used_it_since():
    known = make_organisation(name="Heron’s Way, Primary", sector="school")
    administrator = make_post("administrator")
    user = administrator.user
    user.acting_for, user.strong = administrator, True
    take(imports.SCHOOLS, gias(BURY, BURY.replace("999001", "999007")))
    found = RegisterFile.objects.get()
    used = make_post(
        "practitioner",
        organisation=Organisation.objects.get(postcode="BL9 9ZZ", name__contains="("),
    )
    with pytest.raises(Undecided, match="has been used since"):
        verbs.undo_register(record=found, by=user)
    used.delete()
    verbs.undo_register(record=RegisterFile.objects.get(), by=user)
    known.refresh_from_db()
    assert (known.numbers, known.postcode) == ({}, "")
    assert not Organisation.objects.filter(name__contains="Primary (").exists()


@pytest.mark.django_db
def test_what_comes_finds_its_area_by_its_postcode_and_goes_with_it():
    area = Area.objects.create(code="river", name="River", postcodes="M1 BL9")
    administrator = make_post("administrator")
    user = administrator.user
    user.acting_for, user.strong = administrator, True
    report = take(imports.SCHOOLS, gias(BURY))
    assert report.rows[0].why == "In River."
    assert list(Organisation.objects.get(areas=area).numbers["urn"]) == ["999001"]
    verbs.undo_register(record=RegisterFile.objects.get(), by=user)
    assert not Organisation.objects.filter(areas=area).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["clerk", "practitioner", "subscriber"])
def test_only_an_administrator_reads_registers(role):
    post = make_post(role)
    post.user.acting_for, post.user.strong = post, True
    with pytest.raises(Refused):
        verbs.read_register(plan={}, file_name="f", digest="d", by=post.user)


# --------------------------------------------------------------- page and command


@pytest.mark.django_db
def test_page_shows_first_and_takes_in_then(client):
    sign_in(client, make_post("administrator"))
    assert "Read a public register" in client.get("/organisations/").content.decode()
    sent = {"register": "schools", "only": "351", "upload": io.BytesIO(gias(BURY, SHUT))}
    answer = client.post("/organisations/import/", sent)
    found = RegisterFile.objects.get()
    assert answer["Location"] == found.get_absolute_url()
    assert "It is closed." in client.get(found.get_absolute_url()).content.decode()
    assert not Organisation.objects.filter(postcode="BL9 9ZZ").exists()
    for _ in range(2):  # a second press says so kindly
        assert client.post(f"/organisations/import/{found.pk}/take/").status_code == 302
    assert Organisation.objects.filter(postcode="BL9 9ZZ").count() == 1
    assert client.post(f"/organisations/import/{found.pk}/undo/").status_code == 302
    assert not Organisation.objects.filter(postcode="BL9 9ZZ").exists()


@pytest.mark.django_db
def test_what_is_wrong_stands_beside_the_field(client):
    sign_in(client, make_post("administrator"))
    for sent, why in [
        ({"only": "351; DROP"}, "Say which register it is"),
        ({"register": "nhs", "upload": io.BytesIO(b"")}, "This file is empty"),
        ({"register": "nhs", "upload": io.BytesIO(b"a,b\n")}, "This is not a list of the NHS"),
        ({"register": "nhs", "only": "<b>"}, "beginnings of postcodes only"),
    ]:
        answer = client.post("/organisations/import/", sent)
        assert (answer.status_code, why in answer.content.decode()) == (422, True), why


@pytest.mark.django_db
def test_the_command_looks_first_and_keeps_with_commit(tmp_path, capsys):
    file = tmp_path / "edubasealldata.csv"
    file.write_bytes(gias(BURY, AWAY))
    assert commands.import_file(["schools", str(file), "--only", "351"]) == 0
    assert not Organisation.objects.exclude(numbers={}).exists()
    capsys.readouterr()
    assert commands.import_file(["schools", str(file), "--only", "351", "--commit", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counts"]["new"] == 1
    assert Organisation.objects.exclude(numbers={}).count() == 1
    file.write_bytes(gias(BURY.replace("999001", "")))
    assert commands.import_file(["schools", str(file), "--commit"]) == 1


@pytest.mark.django_db
def test_what_nobody_decides_on_is_forgotten_after_a_week():
    plan = imports.SCHOOLS.read(gias(BURY))
    told = {"plan": plan, "file_name": "f", "digest": "d" * 64, "by": BY}
    for days in (8, 6):
        with clock.stand_at(clock.now() - timedelta(days=days)):
            verbs.read_register(**told)
    with clock.stand_at(clock.now() - timedelta(days=30)):
        verbs.take_register(**told)
    with pytest.raises(Refused):
        verbs.forget_undecided_registers(by=acting("administrator"))
    assert verbs.forget_undecided_registers(by="system:registers") == 1
    assert verbs.forget_undecided_registers(by="system:registers") == 0
    assert {one.state for one in RegisterFile.objects.all()} == {"read", "imported"}


@pytest.mark.django_db
def test_what_was_cut_on_its_way_is_refused_and_never_read_in_part(client, settings):
    settings.UPLOAD_LIMIT = 400
    sign_in(client, make_post("administrator"))
    sent = {"register": "schools", "upload": io.BytesIO(gias(BURY, SHUT, AWAY))}
    page = client.post("/organisations/import/", sent).content.decode()
    assert "Send it in a zip" in page
    assert not RegisterFile.objects.exists()


def test_a_whole_country_is_read_row_by_row():
    """In 140 columns, as GIAS has it: however many rows, no more memory than those of one place."""
    more = ",".join(f"Column {number}" for number in range(128))
    head = HEAD.strip() + f",{more}\n"
    row = AWAY.strip() + ",Not applicable" * 128 + "\n"
    content = (head + BURY.strip() + ",x" * 128 + "\n" + row * 3_000).encode()
    tracemalloc.start()
    plan = imports.SCHOOLS.read(content, only="351")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [one["ref"] for one in plan["rows"]] == ["999001"]
    assert plan["told"]["elsewhere"] == 3_000
    assert peak < 2_000_000 < len(content)
