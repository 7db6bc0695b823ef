# The interface's own texts in English: plain, short and kind; what happens next; an error says how to mend it.
# Figures come in braces. A key is added to every language at once.

language-name = English

## Around every page
skip-to-main = Skip to the main part
languages = Language
foot-help = Help
foot-privacy = Privacy
foot-about = Who runs this
back = Back
back-to-start = Back to the start
continue = Continue
change = Change
remove = Remove
optional = (optional)
summary-title = There is a problem
title-error = Error:

## Dates and times
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date = { $day } { $month } { $year }
date-and-time = { $date }, { $time }

## Answers
answer-yes = Yes
answer-no = No
answer-none-yet = Choose an answer
answer-other = Something else
answer-own-words = In your own words
answer-number = Answer { $count }
answer-add = Add another answer
row-number = Entry { $count }
row-add = Add another
row-remove = Remove this entry
person-number = Person { $count }

## The first page
start-title = Health declaration on arrival
start-lead = Tell the health officers how you are before you arrive. It takes about three minutes. At the end you get a pass with a code: show it at the health checkpoint.
start-need-title = What you need
start-need-document = your travel document
start-need-flight = your flight number and the date of arrival
start-need-contact = a telephone number or an e-mail address at which we can reach you
start-when = Declare in the 24 hours before you arrive. If you do it earlier, we keep it and tell you when to confirm it. If you have landed already, you can still declare now.
start-privacy-title = What becomes of your answers
start-privacy = Health officers at this port use them to protect you and others from infection, and for nothing else. They are kept sealed, and erased when the law no longer asks for them.
start-privacy-more = Read more about privacy
start-button = Start now
start-go-on = Go on with your declaration
start-again = Start a new one
start-find = Find a declaration you made before
field-port = Port of arrival

## The pages of a declaration
step-trip = Your trip
step-trip-intro = If you change aircraft, give the last flight: the one that arrives at this port.
step-you = About you
step-you-intro = Copy it from your travel document.
step-companion = Person who travels with you
step-companion-intro = Copy it from their travel document. Trip and contact are the same as yours.
step-contact = How we can reach you
step-contact-intro = If a health officer needs to speak to you after you have left the port.
step-section = Your health

field-flight = Flight number
hint-flight = On your ticket or boarding pass, as in CA938
field-arrival = Date of arrival
hint-arrival = The scheduled date at the port: year, month and day, as in 2026-11-24 or 20261124
field-seat = Seat
hint-seat = As in 31A. Leave it empty if you do not know it yet.
field-document-type = Travel document
field-number = Document number
hint-number = Letters and digits as printed. Leave it empty if you have no document.
field-primary = Family name
hint-primary = As printed. If you have only one name, give it here.
field-secondary = Given names
field-native = Name in your own script
hint-native = As in 王小明, if your document shows one
field-birth-date = Date of birth
hint-birth-date = Year, month and day, as in 1990-02-01 or 19900201. If the day is not known, the year is enough.
field-sex = Sex
hint-sex = As printed in the document
field-nationality = Nationality
field-issuer = State that issued the document
field-relation = How do they belong to you?
field-phone = Telephone number
hint-phone = With the country code, as in +86 138 0000 0000. If you have no telephone, leave it empty and give an e-mail address.
field-email = E-mail address
field-address = Address for the next 14 days
hint-address = Street, number, city; or the name of the hotel

document-passport = Passport
document-identity-card = Identity card
document-travel-permit = Travel permit (Hong Kong, Macao, Taiwan and others)
document-crew = Crew member’s certificate or seafarer’s book
document-emergency = Refugee’s, stateless person’s or emergency document
document-other = Another document
document-none = I have no travel document
sex-f = Female
sex-m = Male
sex-x = Not specified
relation-child = My child
relation-partner = My husband, wife or partner
relation-parent = My mother or father
relation-family = Other family
relation-ward = A person in my care
relation-other = A friend, colleague or member of my group
issuer-as-nationality = Same as nationality
hint-date = Year, month and day, as in 2026-03-01 or 20260301
hint-any-number = Choose all that apply.

## Companions
companions-title = Does anybody travel with you?
companions-intro = You can declare for up to nine people on the same trip, such as your children. Each gets a pass of their own.
companions-unfinished = Not finished yet
companions-add = Add a person
companions-none = Nobody else: continue

## Check and send
check-title = Check your answers
check-intro = Nothing has been sent yet.
check-intro-amend = Your earlier answers stay in force until you send these.
check-missing = Not answered yet
check-left-out = Left out
check-send = Send the declaration
check-send-amended = Send the changes
check-send-again = There is a fault that we could not place. Look through your answers and send again.
attest-title = Your word
attest = What I have said is true and complete, as far as I know. I have read how it is used.

## The pass
pass-title = Your health pass
pass-received = Your declaration is received. Show this code at the health checkpoint.
pass-picture = QR code of your pass. If it cannot be read, give the code below it.
pass-code = Code
pass-name = Name
pass-document = Document number
pass-flight = Flight
pass-counts-from = Counts if made or confirmed from
pass-valid-until = Good until
pass-next = What happens next
pass-confirm = Confirm: my answers are still true
pass-confirm-later = Come back to this page and confirm your answers from:
pass-unscheduled = We do not find this flight on the schedule. Your declaration counts all the same; please make sure that number and date are right.
pass-companions = Passes of those who travel with you
pass-open = Open
pass-keep-title = Keep it
pass-keep = Take a picture of this page or print it. The code alone is enough to find it again, together with the document number or the date of birth.
pass-correct = Something is wrong or has changed?
pass-amend = Change your answers
pass-withdraw = Withdraw the declaration
pass-help = Questions?

state-early = Received: to be confirmed
state-early-text = You declared more than 24 hours before arrival. Your answers are kept. Please confirm nearer to your flight that they are still true; it takes one press of a button.
state-ready = Ready to show
state-ready-text = Have this pass and your travel document at hand when you reach the health checkpoint.
state-presented = Shown at the checkpoint
state-presented-text = An officer has read your pass. Please follow what they tell you.
state-referred = Please see an officer
state-referred-text = An officer at the health desk would like to speak to you. Please go there with this pass and your travel document. It usually takes less than 30 minutes.
state-held = Please see an officer
state-held-text = Please stay with the officer who read your pass: a colleague is on the way. It usually takes less than 30 minutes.
state-cleared = You may go on
state-cleared-text = Your health inspection is finished. Welcome.
state-ended = Finished
state-ended-text = This entry is finished. If you have a question, ask a health officer.
state-withdrawn = Withdrawn
state-withdrawn-text = You took this declaration back. If you still travel, please make a new one.
state-replaced = Replaced by a newer declaration
state-replaced-text = You declared again after this one. Please show the newer pass.
state-expired = No longer good
state-expired-text = The time of this pass is over. If you still arrive, please make a new declaration.

## Find it again
find-title = Find your declaration
find-intro = Give the code and one thing that only you know.
field-code = Code of the declaration
hint-code = 11 letters and digits, as in 7GQ2-M4XK-9TA
field-proof = Document number or date of birth
hint-proof = As in E12345678 or 1990-02-01
find-button = Find
find-lost-title = You no longer have the code?
find-lost = Make a new declaration: it takes the place of the old one. Or ask a health officer at the port.
find-nothing = We find no declaration with this code and this document number or date of birth. Compare both with what you declared.
find-code-shape = Enter the code as it stands under the picture: 11 letters and digits.
find-code-check = One character of the code is wrong. Compare it with your pass.
find-proof-missing = Enter the document number, or the date of birth as year, month and day.

## Withdraw
withdraw-title = Withdraw this declaration?
withdraw-text = The pass stops working at once, and this cannot be undone. If you still travel, you will need a new declaration.
withdraw-others = The declarations of those who travel with you stay as they are.
withdraw-button = Yes, withdraw it
withdraw-keep = No, keep it

## What cannot be done as things stand
refused-title = This cannot be done now
refused-back = Back to the pass

## Pages to read
help-title = Help
help-1-title = Who needs to declare?
help-1-text = Everybody who arrives on an international flight, children and crew too. One person can declare for up to nine others.
help-2-title = When?
help-2-text = In the 24 hours before arrival. A delay does no harm. You can also declare on arrival, here or at a machine in the hall.
help-3-title = I made a mistake.
help-3-text = Open your pass, or find it by its code, and choose “Change your answers”. After an officer has read the pass, you can still correct it: the officer is told.
help-4-title = I have no telephone, or no battery left.
help-4-text = Print the pass, or write the code down. An officer can also find you by your travel document.
privacy-title = Privacy
privacy-1-title = What is kept
privacy-1-text = Who you are, your trip, how to reach you, and your answers about your health. The picture code holds none of it in a form that others could read.
privacy-2-title = What for
privacy-2-text = To recognise an infection at the border and to protect you and others. Rules can only ask you to see a person: no machine alone decides to hold you.
privacy-3-title = Who sees it
privacy-3-text = Health officers at this port, and the departments that the law names, each only what their task needs. Every look is recorded.
privacy-4-title = How long
privacy-4-text = As long as the law asks. Then your data are erased; only counts without names stay.
privacy-5-title = Your rights
privacy-5-text = With your code you can read and correct what you said. For a copy or for erasure, ask the authority that runs this port.
about-title = Who runs this
about-1-title = The port’s health authority
about-1-text = This service is run by the health authority of the port you arrive at, on its own machines. It decides what is asked, and why.
about-2-title = The program
about-2-text = Pratique is open source: anybody may read how it works. Its mark is the signal flag Q, by which a ship says: my vessel is healthy and I request free pratique.

## When a page cannot be shown
mishap-400-title = We could not read what was sent
mishap-400-text = Please go back and send the form once more. What you had saved is still there.
mishap-403-title = This page is not open to you
mishap-403-text = The form may have been open for too long, or in another browser. Open the page again, and find your declaration by its code.
mishap-404-title = There is no such page
mishap-404-text = Compare the address. To see your pass, find your declaration by its code.
mishap-429-title = Please wait a little
mishap-429-text = There were too many tries from here. Please try again in 15 minutes, or ask a health officer at the port. Nothing you had saved is lost.
mishap-500-title = Something went wrong on our side
mishap-500-text = Nothing you had saved is lost. Please try again in a minute. If it happens again, ask a health officer at the port.
mishap-503-title = The service is busy
mishap-503-text = Nothing you had saved is lost. Please try again in a minute.
mishap-start = Go to the start

## What is wrong with a field
error-at-field = “{ $field }”: { $message }
error-required = Give an answer.
error-required-flight = Enter the flight number, as in CA938.
error-required-arrival = Enter the date of arrival, as in 2026-11-24.
error-required-number = Enter the document number as printed, or choose “I have no travel document”.
error-required-primary = Enter the family name as printed. If there is only one name, enter it here.
error-required-birth-date = Enter the date of birth, as in 1990-02-01.
error-required-sex = Choose the sex as printed in the document.
error-required-nationality = Choose the nationality.
error-required-relation = Choose how they belong to you.
error-too-long = Shorten this to { $max } characters or fewer.
error-not-text = Use letters, digits and signs only. A character that cannot be seen has slipped in: type it again.
error-not-a-date = Write it as year, month and day, as in 2026-11-24.
error-not-a-date-birth-date = Enter the date of birth as year, month and day, as in 1990-02-01. If the day is not known, the year is enough.
error-not-a-date-arrival = Enter the date of arrival as year, month and day, as in 2026-11-24.
error-date-in-future = This day is still to come. Compare it with the document.
error-date-in-future-birth-date = The date of birth is still to come. Compare it with the document.
error-date-too-old = This year is too long ago. Compare it with the document.
error-date-too-old-birth-date = The year of birth is too long ago. Compare it with the document.
error-not-a-flight = Enter the flight number as the airline’s two or three characters and the digits, as in CA938.
error-not-a-country = Choose a country or territory from the list.
error-not-a-sex = Choose female, male or not specified, as printed in the document.
error-not-a-document-number = Enter the document number as printed: up to 20 letters and digits.
error-not-a-document-type = Choose the kind of document from the list.
error-not-a-name = Enter the name as printed, with at least one letter and without signs such as < or |.
error-not-a-phone = Enter the telephone number with its country code: digits only, as in +86 138 0000 0000.
error-not-an-email = Enter the e-mail address as in name@example.org.
error-not-a-channel = Name a way in: web, wechat, kiosk, officer, paper or api.
error-not-a-relation = Choose from the list how they belong to you.
error-contact-missing = Enter a telephone number or an e-mail address, so that a health officer can reach you.
error-too-many-companions = Declare for at most { $max } others. Larger groups hand in a list: ask the port.
error-same-person-twice = This document number is already in this declaration. Enter that of the other person, or remove one of the two.
error-not-attested = Tick the box to say that your answers are true.
error-trip-too-far = Give a date of arrival at most { $days } days from today.
error-not-a-port = Choose the port from the list.
error-not-a-seat = Enter the seat as a row and a letter, as in 31A. Leave it empty if you do not know it.
error-other-questionnaire = The questions have changed since you began. Look through your answers again: what still fits is kept.
error-not-an-airport = Enter the airport’s three letters, as in BKK, or a country’s code.
error-not-a-list = Send this as a list.
error-not-an-object = Send this as an object with named members.
error-not-a-time = Write the time as in 2026-11-24T06:00:00Z.
error-not-an-option = Choose one of the answers.
error-other-date-than-id = Give the date of the scheduled arrival at the port, the same as in the flight’s id.
error-unknown-question = This question is not in the form. Leave it out.
error-not-a-question = This is only to be read. Leave it out.
error-given-twice = Answer this once only.
error-wrong-type = This is not the kind of answer that is asked for. Give a { $expected }.
error-not-a-number = Enter a number, as in 37.5.
error-not-a-whole-number = Enter a whole number, in digits.
error-too-small = Enter { $min } or more.
error-too-large = Enter { $max } or less.
error-too-many-decimals = Round it to { $max ->
    [0] a whole number
    [one] one digit after the point
   *[other] { $max } digits after the point
}.
error-too-early = Give { $min } or a later day.
error-too-late = Give { $max } or an earlier day.
error-too-short = Write at least { $min } { $min ->
    [one] character
   *[other] characters
}.
error-bad-character = Take out the character { $character }: it cannot be seen or does not belong here.
error-too-few = Give at least { $min } { $min ->
    [one] answer
   *[other] answers
}.
error-too-many = Give at most { $max } { $max ->
    [one] answer
   *[other] answers
}.

## Why something does not go through
refusal-not-declared = There is no such declaration. Compare the code.
refusal-already-declared = This declaration exists already. Open it by its code.
refusal-withdrawn = This declaration was withdrawn. Please make a new one.
refusal-replaced = A newer declaration of the same person took its place. Use the newer code.
refusal-already-presented = The pass was shown at a checkpoint already. Ask an officer.
refusal-too-early = It is too early to confirm. Come back from { $from } on.
refusal-not-scanned = Scan the pass before deciding.
refusal-already-used = This pass was used already, at { $station } by { $by } ({ $at }). Ask the person, or hold.
refusal-document-mismatch = The document does not belong to this pass. Scan the right document, or hold.
refusal-reason-needed = Give the reason why this person may go on.
refusal-second-person-needed = A second person must examine this one. Refer to the medical desk.
refusal-still-owed = Something is still owed for this person. Answer it first.
refusal-no-such-obligation = There is no such open task. It may have been done by a colleague: open the list again.
refusal-already-answered = This task was done already. Open the list again.
refusal-outcome-does-not-fit = This answer does not fit the task. Choose another.
refusal-already-closed = This entry is closed. A correction must be made by a supervisor.

## Errors of the API
error-not-a-uuid = Send a UUID, as in 0192f7a0-0000-7000-8000-000000000001.
error-not-a-station = Name a station of this port by its code, as in T3D-L01.
error-not-a-code = Compare the code with the pass: it has 11 letters and digits, as in 7GQ2-M4XK-9TA.
error-not-an-mrz = Send the lines at the foot of the document’s page as they are printed, two or three of them.
error-nothing-scanned = Scan a pass, or enter a code or a document number.
error-not-a-decision = Decide clear, refer or hold.
error-not-an-outcome = Answer with fit, identity-confirmed, seen or a disposition.
error-not-a-key = Send a key of 1 to 255 characters.
error-taken = This name is taken. Choose another.
error-other-flight = Another flight is another declaration: withdraw this one and declare again.
error-wrong-value = This is not what is expected here. Compare it with the description of the API.
error-not-a-cursor = Send the text of “next” from the page before, unchanged.
error-not-a-query = Something behind the question mark cannot be read. Times are written as in 2026-11-24T06:00:00Z.
error-not-a-flight-id = Name the flight, the date of its scheduled arrival and the port, as in CA938-2026-11-24-CNPEK.
error-not-a-schedule = Send a schedule as CSV in UTF-8, with a header line.
error-column-missing = Add this column to the header line and to every line.
error-not-a-line = This line cannot be read. Look at its quotation marks and save the file as UTF-8.
error-flight-twice = An earlier line of this file is about the same flight. Keep one of them.
error-not-your-flight = You may hand in your own airline’s flights alone.
error-too-many-lines = Send at most { $max } lines in one file.

## Problems of the API
problem-title-400 = The request cannot be read
problem-title-401 = Sign in first
problem-title-403 = Not allowed
problem-title-404 = Not found
problem-title-405 = No such method
problem-title-409 = Not as things stand
problem-title-413 = Too large
problem-title-415 = Another kind of content is expected
problem-title-422 = Some fields cannot be taken
problem-title-429 = Too many tries
problem-title-500 = Our own fault
problem-title-503 = Not available just now
problem-title-507 = No room to store it
problem-invalid = Nothing was stored. Look at the fields named in “errors”, and send all of it again.
problem-signed-out = Send a valid token in the header Authorization: Bearer TOKEN.
problem-denied = Your account may not do this here. Ask the administrator of your port.
problem-not-found = There is nothing here under that name, or it is not yours. Compare the address, the code and the document number.
problem-key-reused = This Idempotency-Key was used for another request. Take a new one.
problem-too-many-tries = Wait a little, then try again.
problem-disk-full = Nothing was stored. Those who run this server must make room; then the same request will do.
problem-malformed = This is not JSON: it breaks off at line { $line }, column { $column }.
problem-too-complex = This has more members, or is nested deeper, than any of our forms. Compare it with the description of the API.
problem-too-large = Send at most { $kib } KiB.
problem-unsupported = Send this as { $expected }, and say so in Content-Type.
problem-no-such-method = The header Allow names the methods of this address.
problem-timed-out = The answer took too long. Send the same request with the same Idempotency-Key: if it was done, you get its answer.
problem-unavailable = Send the same request with the same Idempotency-Key in a moment.
problem-internal = Something went wrong on our side, and is in our log. Nothing was stored.

## What an officer is told beside the rules’ own reasons
notice-pass-expired = The time of this pass is over.
notice-pass-not-yet = Declared too early and not confirmed. The person can confirm now, on their phone or at a kiosk.
notice-pass-revoked = This pass is no longer good: it was withdrawn or replaced, or its key was revoked.
notice-pass-forged = This pass was not issued by the port that it names.
notice-pass-unknown-issuer = Nobody here knows who issued this pass.
notice-pass-malformed = This is not a pass.
notice-not-declared = No declaration was found. The person can declare now, at a kiosk or on their phone.
notice-document-mismatch = The document is not the one declared.
notice-document-unchecked = The document was not compared. Read its machine-readable zone.
notice-document-damaged = The document’s lines were misread: their check digits do not fit. Read them again.
notice-already-used = The pass was used up at this stage before.
notice-referred = The person was sent to the medical desk, which has not answered yet.
notice-held = The person is held until it is known who they are.
notice-corrected = The answers were changed after the first scan. Look at the change.
notice-ended = This entry has ended already.
notice-flight-not-scheduled = The flight is not on the schedule. Compare the flight number with the boarding pass.
