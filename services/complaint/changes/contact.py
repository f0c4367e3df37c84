"""How consent to be called, and wishes for a contact, change a complaint's file; in any phase."""

from services.complaint.events import contact
from services.complaint.state import ContactWish, File
from services.contracts.changing import replace

CONTACT = (
    contact.ContactAllowed
    | contact.ContactDisallowed
    | contact.ContactAsked
    | contact.ContactRuled
    | contact.ContactShown
)


def changed(file: File, data: contact.Event) -> File:
    match data:
        case contact.ContactAllowed():
            # Who writes to us can be reached.
            return replace(file, callable=file.callable | {data.party}, unreachable=False)
        case contact.ContactDisallowed():
            return replace(file, callable=file.callable - {data.party}, unreachable=False)
        case contact.ContactAsked():
            wish = ContactWish(data.seat, data.party, data.ground)
            return replace(file, contacts={**file.contacts, data.number: wish})
        case contact.ContactRuled():
            wish = replace(file.contacts[data.number], granted=data.granted, until=data.until)
            return replace(file, contacts={**file.contacts, data.number: wish})
        case contact.ContactShown():
            wish = replace(file.contacts[data.number], shown=True)
            return replace(file, contacts={**file.contacts, data.number: wish})
