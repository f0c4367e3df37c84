"""On the real broker and database: the next way where one leads nowhere, down to a call or an adapter of the city's."""

from datetime import timedelta
from typing import Any

from nats.aio.msg import Msg
from nats.js import JetStreamContext

from services.cli.standins import mail
from services.cli.standins.provider import Behaviour, Failure
from services.cli.standins.sms import Gateway
from services.cli.standins.sms import application as sms_gateway
from services.complaint import events as e
from services.contracts import subjects
from services.contracts.city import City, Door
from services.contracts.city.gateways import MailServer, SmsGateway
from services.contracts.intake import DeliveryReceipt
from services.contracts.outbound import OutboundMessage
from services.contracts.secrets import CitySecrets, WhatsAppSecrets
from tests.notifier.conftest import CITY, World, served
from tests.notifier.settling import settled


async def test_a_closed_window_told_by_receipt_leads_to_the_approved_template(world: World) -> None:
    async with world.notifier():
        world.provider.behaviour = Behaviour(default_window="closed")
        complaint, phone = await world.opens()
        await settled(world, complaint, "read")
    (message,) = world.arrived(phone)
    assert message.type == "template"
    assert "Got" not in message.text


async def test_a_closed_window_told_in_the_answer_leads_to_the_approved_template(world: World) -> None:
    async with world.notifier():
        world.provider.behaviour = Behaviour(default_window="closed", refuse_in_answer=True)
        complaint, phone = await world.opens()
        await settled(world, complaint, "read")
    assert [m.type for m in world.arrived(phone)] == ["template"]


async def test_who_was_not_heard_for_a_day_gets_a_template_at_once(world: World) -> None:
    async with world.notifier():
        complaint, phone = await world.opens(heard=timedelta(days=2))
        await settled(world, complaint, "read")
    assert [m.type for m in world.arrived(phone)] == ["template"]


async def test_whom_no_message_reaches_the_desk_is_to_call(world: World) -> None:
    async with world.notifier():
        for in_answer in (True, False):
            complaint, phone = await world.opens(heard=timedelta(days=3))
            world.provider.behaviour = Behaviour(undeliverable=[phone], refuse_in_answer=in_answer)
            await settled(world, complaint, "calling")

            async def fact(of: str = complaint) -> Any:
                return await world.events(of, e.CallWanted)

            (call,) = await world.until(fact)
            assert (call.reason, call.channel) == ("not_on_channel", "whatsapp")
            assert world.arrived(phone) == []


async def test_who_wants_to_hear_nothing_is_left_alone_as_a_fact(world: World) -> None:
    async with world.notifier():
        world.provider.behaviour = Behaviour(fail_next=[Failure(code=131050)])
        complaint, phone = await world.opens()
        await settled(world, complaint, "unreachable")

        async def fact() -> Any:
            return await world.events(complaint, e.ReporterUnreachable)

        (unreachable,) = await world.until(fact)
        assert unreachable.reason == "opted_out"
        assert world.arrived(phone) == []


async def its_message(queue: JetStreamContext.PullSubscription, person: str) -> tuple[Msg, OutboundMessage]:
    """The adapter's queue belongs to the whole session: others' messages may lie before the one that is looked for."""
    while True:
        (entry,) = await queue.fetch(1, timeout=30)
        message = OutboundMessage.model_validate_json(entry.data)
        if message.to == person:
            return entry, message
        await entry.ack()


async def test_an_external_adapter_gets_the_whole_message_in_its_own_queue_with_a_time_to_live(world: World) -> None:
    complaint, person = await world.opens(channel="instagram", door="instagram")
    js = world.admin.jetstream()
    queue = await js.pull_subscribe_bind(subjects.outbound_consumer(CITY, "instagram"), subjects.OUTBOUND)
    async with world.notifier():
        await settled(world, complaint, "published")
        entry, message = await its_message(queue, person)
        assert message.door == "instagram"
        assert "sudah kami terima" in message.text
        assert entry.headers is not None
        assert entry.headers["Nats-TTL"] == "86400s"
        assert await world.events(complaint, e.ReporterTold) == []  # it lies there; nobody has it
        delivered = DeliveryReceipt(type="receipt", id="m1", notice=message.notice, status="delivered")
        await world.receipt(delivered, "instagram")
        await settled(world, complaint, "delivered")
        await entry.ack()

        async def fact() -> Any:
            return await world.events(complaint, e.ReporterTold)

        (told,) = await world.until(fact)
        assert (told.notice, told.channel, told.rung) == (message.notice, "instagram", None)


def with_email(city: City) -> City:
    return city.model_copy(update={"doors": (*city.doors, Door(id="email", channel="email", label="Surel"))})


async def test_down_the_ladder_from_whatsapp_to_sms_and_e_mail(world: World) -> None:
    """Each way has a queue of its own; the log knows by which one the reporter heard, and why not by the one before."""
    gateway, server = Gateway("contoh"), mail.MailServer()
    async with served(sms_gateway(gateway)) as url, mail.running(server) as port:
        secrets = {
            CITY: CitySecrets(
                whatsapp=WhatsAppSecrets(access_token=world.token),
                sms=SmsGateway(url=f"{url}/send", token="contoh", codes={"E12": "invalid_number"}),
                mail=MailServer(host="127.0.0.1", port=port, security="none", sender="lapor@contoh.test"),
            )
        }
        cities = dict(world.stack.cities)
        cities[CITY] = with_email(cities[CITY])
        async with world.notifier(secrets=secrets, cities=cities, channels=("whatsapp", "sms")) as app:
            complaint, phone = await world.opens(heard=timedelta(days=3))
            world.provider.behaviour = Behaviour(undeliverable=[phone])

            async def by_sms() -> Any:
                return [one for one in await world.events(complaint, e.ReporterTold) if one.channel == "sms"]

            (told,) = await world.until(by_sms)
            (sms,) = gateway.arrived
            assert (sms.to, sms.text.split(": ")[0]) == (f"+{phone}", cities[CITY].name)
            assert (told.rung, told.why) == ("sms", "not_on_channel")

            late = DeliveryReceipt(type="receipt", id=sms.id, notice=sms.reference, status="delivered")
            await world.receipt(late, "sms")
            await settled(world, complaint, "delivered")

            other, its_phone = await world.opens()
            gateway.refuse[f"+{its_phone}"] = (400, "E12")
            world.provider.behaviour = Behaviour(undeliverable=[its_phone])
            await world.writes_to(other, its_phone, email="warga@contoh.test")

            async def moved() -> Any:
                rows = await world.notices(other)
                return rows and rows[0]["way"] == "email"

            await world.until(moved)
            # E-mail has no queue in this city; its turn is given by hand.
            for row in await world.notices(other):
                await app.deliverer.deliver(row["id"])
            await settled(world, other, "accepted")

            # And where the second contact is no way either, somebody of the desk is to call.
            last, last_phone = await world.opens()
            gateway.refuse[f"+{last_phone}"] = (400, "E12")
            server.refuse["RCPT", "hilang@contoh.test"] = "550 5.1.1 No such user"
            world.provider.behaviour = Behaviour(undeliverable=[last_phone])
            await world.writes_to(last, last_phone, email="hilang@contoh.test")

            async def at_its_end() -> Any:
                for row in await world.notices(last):
                    if row["way"] == "email":
                        await app.deliverer.deliver(row["id"])
                return await world.events(last, e.CallWanted)

            [call] = await world.until(at_its_end)
            assert call.reason == "no_mailbox"
            [row] = await world.notices(last)
            assert row["status"] == "calling"
            assert [one.partition(":")[0] for one in row["tried"]] == ["free", "sms", "email"]
            # WhatsApp took it first and said later that nobody is there.
            assert {one.channel for one in await world.events(last, e.ReporterTold)} <= {"whatsapp"}
    assert [one.to for one in server.arrived] == ["warga@contoh.test"]
    (told,) = [one for one in await world.events(other, e.ReporterTold) if one.channel == "email"]
    assert (told.rung, told.why) == ("email", "wrong_number")
