"""Adding photographs for the report: with a phone's large files, over a Wi-Fi that is not."""

from playwright.sync_api import FilePayload, Request, expect

from tests.browser.devices import Devices
from tests.browser.house import Workshop
from tests.photograph.pictures import crowded, taken_by_a_phone


def test_a_phone_sends_them_small_and_upright_and_the_host_says_what_can_be_seen(
    workshop: Workshop, devices: Devices
) -> None:
    large = crowded((2000, 1500))
    phone = devices.phone(workshop.facilitator_cookie)
    phone.goto(f"/photographs/{workshop.id}")
    sent: list[Request] = []
    phone.on("request", lambda request: sent.append(request) if request.method == "POST" else None)

    files = phone.get_by_label("Foto", exact=True)
    pictures = (large, taken_by_a_phone() + bytes(600_000))
    files.set_input_files(
        [FilePayload(name="foto.jpg", mimeType="image/jpeg", buffer=content) for content in pictures]
    )
    phone.get_by_label("Apa yang terlihat").fill("Pleno")
    phone.get_by_label("Semua orang yang bisa dikenali").check()
    phone.get_by_role("button", name="Tambahkan").click()

    expect(phone.get_by_alt_text("Pleno")).to_have_count(2)
    assert len(large) > 2_000_000 and int(sent[0].all_headers()["content-length"]) < 1_500_000
    upright = "pictures => pictures.map(({ attributes: { width, height } }) => +height.value > +width.value)"
    assert phone.get_by_alt_text("Pleno").evaluate_all(upright) == [False, True]
