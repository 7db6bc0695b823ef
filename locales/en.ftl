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
attest-title = Your word
attest = What I have said is true and complete, as far as I know. I have read how it is used.

## The pass
pass-title = Your health pass
pass-title-withdrawn = This declaration was withdrawn
pass-title-replaced = This pass was replaced
pass-title-expired = The time of this pass is over
pass-anew = Make a new declaration
pass-newer = Find the newer pass
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
pass-keep = Take a picture of this page or print it. With the code and your document number you can find it again.
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
state-sampling = Please go to the sampling booth
state-sampling-text = A sample is to be taken from you: a swab of the nose or throat, which takes a minute. Please go to the sampling booth with this pass and your travel document.
state-awaiting = Please wait for your result
state-awaiting-text = Your sample is on its way through the laboratory. Most results are there within six hours. This page shows yours as soon as it is final. Please stay where the officer told you to wait.
state-cleared = You may go on
state-cleared-text = Your health inspection is finished. Welcome.
state-ended = Finished
state-ended-text = This entry is finished. If you have a question, ask a health officer.
state-withdrawn = Withdrawn
state-withdrawn-text = You took this declaration back, and nobody will accept it at the checkpoint. If you still travel, please make a new one.
state-replaced = Replaced by a newer declaration
state-replaced-text = You declared again after this one. Please show the newer pass: this one does not count any more.
state-expired = No longer good
state-expired-text = The time of this pass is over. If you still arrive, please make a new declaration.

## Find it again
find-title = Find your declaration
find-intro = Give the code and one thing that only you know.
field-code = Code of the declaration
hint-code = 11 letters and digits, as in 7GQ2-M4XK-9TA
field-proof = Document number
hint-proof = As in E12345678. If you declared without a document, enter your date of birth, as in 1990-02-01.
find-button = Find
find-lost-title = You no longer have the code?
find-lost = Make a new declaration: it takes the place of the old one. Or ask a health officer at the port.
find-nothing = We find no declaration with this code and this document number. Compare both with what you declared.
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
read-help-title = Help
read-help-1-title = Who needs to declare?
read-help-1-text = Everybody who arrives on an international flight, children and crew too. One person can declare for up to nine others.
read-help-2-title = When?
read-help-2-text = In the 24 hours before arrival. A delay does no harm. You can also declare on arrival, here or at a machine in the hall.
read-help-3-title = I made a mistake.
read-help-3-text = Open your pass, or find it by its code, and choose “Change your answers”. After an officer has read the pass, you can still correct it: the officer is told.
read-help-4-title = I have no telephone, or no battery left.
read-help-4-text = Print the pass, or write the code down. An officer can also find you by your travel document.
read-privacy-title = Privacy
read-privacy-1-title = What is kept
read-privacy-1-text = Who you are, your trip, how to reach you, and your answers about your health. The picture code holds none of it in a form that others could read.
read-privacy-2-title = What for
read-privacy-2-text = To recognise an infection at the border and to protect you and others. Rules can only ask you to see a person: no machine alone decides to hold you.
read-privacy-3-title = Who sees it
read-privacy-3-text = Health officers at this port, and the departments that the law names, each only what their task needs. Every look is recorded.
read-privacy-4-title = How long
read-privacy-4-text = As long as the law asks. Then your data are erased; only counts without names stay.
read-privacy-5-title = Your rights
read-privacy-5-text = With your code you can read and correct what you said. For a copy or for erasure, ask the authority that runs this port.
read-about-title = Who runs this
read-about-1-title = The port’s health authority
read-about-1-text = This service is run by the health authority of the port you arrive at, on its own machines. It decides what is asked, and why.
read-about-2-title = The program
read-about-2-text = Pratique is open source: anybody may read how it works. Its mark is the signal flag Q, by which a ship says: my vessel is healthy and I request free pratique.

## When a page cannot be shown
mishap-400-title = We could not read what was sent
mishap-400-text = Please go back and send the form once more. What you had saved is still there.
mishap-403-title = This page is not open to you
mishap-403-text = The form may have been open for too long, or in another browser. Open the page again, and find your declaration by its code.
mishap-404-title = There is no such page
mishap-404-text = Compare the address. To see your pass, find your declaration by its code.
mishap-429-title = Please wait a little
mishap-429-text = There were too many tries. Please try again in { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}, or ask a health officer at the port. Nothing you had saved is lost.
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
error-not-a-language = Send a language tag here, as in en or zh-Hans.
error-one-of-two = Send either the pass or the code, not both.
error-time-in-future = This has not happened yet. Leave it out until the aircraft has arrived.
error-too-long-before-schedule = This is more than a day before the scheduled arrival. Compare both.
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
error-wrong-type = { $expected ->
    [boolean] Send true or false here.
    [integer] Send a whole number here.
    [decimal] Send a number here.
    [date] Send a date here, as text: "2026-11-24".
    [group] Send an object here, with a member for each question of the group.
    [array] Send a list here, also for one answer.
   *[text] Send text here, in quotation marks.
}
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

## What happens next
next-early = We have kept your declaration. It is too early for it to count: please confirm it in the 24 hours before you arrive. One press is enough.

## Why something does not go through
refusal-not-declared = There is no such declaration. Compare the code.
refusal-already-declared = This declaration exists already. Open it by its code.
refusal-withdrawn = This declaration was withdrawn. Please make a new one.
refusal-replaced = A newer declaration of the same person took its place. Use the newer code.
refusal-already-presented = The pass was shown at a checkpoint already. Ask an officer.
refusal-too-early = It is too early to confirm. Come back from { $from } on.
refusal-not-scanned = Scan the pass before deciding.
refusal-already-used = This pass was used already, at { $station } by { $by } ({ $at }). Ask the person, or hold.
refusal-scan-too-old = This scan is too old to decide on. Scan again.
refusal-held-elsewhere = This person is held under another declaration. Scan the document alone to open it, and find out who they are.
refusal-ended-elsewhere = Another entry of this person ended another way than by going on. Refer to the medical desk: only if the desk finds nothing may they go on.
refusal-referred-elsewhere = The medical desk has not finished with this person under another declaration. Send them there, and wait for its answer.
refusal-flagged-elsewhere = Another declaration of this person is not green, and nobody has settled it. Settle that one, or refer to the medical desk.
refusal-document-mismatch = The document does not belong to this pass. Scan the right document, or hold.
refusal-pass-not-good = What was scanned is not a good pass. Scan the newest pass, or the document.
refusal-reason-needed = Give the reason why this person may go on.
refusal-second-person-needed = A second person must examine this one. Refer to the medical desk.
refusal-still-owed = Something is still owed for this person. Answer it first.
refusal-no-such-obligation = There is no such open task. It may have been done by a colleague: open the list again.
refusal-already-answered = This task was done already. Open the list again.
refusal-outcome-does-not-fit = This answer does not fit the task. Choose another.
refusal-already-closed = This entry is closed. A correction must be made by a supervisor.
refusal-already-released = This result is final already. To correct it, amend it together with a colleague.
refusal-not-released = This result is not final yet. Release it, or read the test anew.
refusal-not-read = This test has not been read yet.
refusal-test-elsewhere = This test is on another plate, or waits for one. Open the sample to see where.
refusal-no-such-sample = No such sample was ordered for this person. Order one first.
refusal-sample-elsewhere = This sample is not at this step. Open it to see where it is.
refusal-sample-owed = A sample is to be taken from this person already.
refusal-sample-given-up = This tube was given up as lost, and another sample was ordered. Keep the tube apart and tell the laboratory's lead.
refusal-wrong-tube = This tube has another label than the one printed for this person. Check both before you go on.
refusal-no-label = Scan the person's pass and print a label first.
refusal-no-such-order = There is no such order.
refusal-order-in-force = Another order holds for this person. End or change that one first.
refusal-order-elsewhere = This order was given, or has ended, already. Open it again.
refusal-order-not-over = The time of this order is not over. To end it now, lift it.
refusal-ends-before-it-begins = Give a time in the future.
refusal-no-such-handover = There is no such handover.
refusal-offered-already = This was offered to that department already, and waits for its answer.
refusal-handover-elsewhere = This handover was answered, declined or taken back already. Open it again.
refusal-not-accepted = Accept the handover before you answer it.
refusal-departure-needed = Say when this person flies on. The time must lie in the future.
refusal-no-disposition = Nobody has said yet how this entry ends.

## Errors of the API
error-at-in-future = This time is still to come. Set the clock of the device right, and scan again.
error-not-a-uuid = Send a UUID, as in 0190d7a0-0000-7000-8000-000000000000.
error-not-a-station = Choose a station of this port from its list.
error-not-a-code = Enter the code as it stands under the picture: 11 letters and digits.
error-not-an-mrz = Enter all the lines at the foot of the document, each as long as printed.
error-nothing-scanned = Scan the pass, or enter its code or the document number.
error-not-a-decision = Choose clear, refer or hold.
error-not-an-outcome = Choose one of the outcomes from the list.
error-not-a-key = Send an Idempotency-Key of 1 to 255 characters.
error-not-a-carrier = Write the airline’s code, of two characters as in CA or three letters as in CCA.
error-not-a-department = The port’s file names no such department. There are: { $known }.
error-not-a-journey = This is not the id of a journey. Send it as a scan or a list gave it.
error-not-an-inbox = There is no such list. Ask for “open” or “answered”.
error-not-a-report = There is no such report. Send completed, discharged, contacts-reached, not-found or passed-on.
error-not-on-board = This person did not declare for the flight of the case. Take one from the list.
error-not-a-webhook-url = Webhooks do not go there. Give a public https address without a user name, or ask whoever runs this server to allow the host.
error-not-a-webhook-secret = Send whsec_ and 24 to 64 bytes in base64, or leave the secret out.
error-too-many-subscriptions = A department has at most { $max } subscriptions. End one first.
error-taken = This name is in use. Choose another.
error-declared-already = Another declaration for this flight has this document. Compare the number, or ask an officer.
error-other-flight = Another flight is another entry: keep the flight and the date, or withdraw this declaration and make a new one.
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
problem-key-reused = This Idempotency-Key, or this scan_id, was used for another request. Take a new one.
problem-too-many-tries = Wait a little, then try again.
problem-disk-full = Nothing was stored. Those who run this server must make room; then the same request will do.
problem-no-flight = There is no such flight on the schedule. Compare the id: flight number, date of the scheduled arrival, port.
problem-no-declaration = There is no declaration with this code, or it is not yours. Compare the code and the document number.
problem-no-scan = There is no such scan at this port, or it led to nobody. Compare scan_id.
problem-no-obligation = Nothing is owed under this id. Take the id from the list of obligations.
problem-no-port = There is no such port here. Use its UN/LOCODE, as in CNPEK.
problem-no-address = There is nothing at this address. Compare it with the description of the API.
problem-malformed-encoding = This is not UTF-8 text from line { $line }, column { $column } on. Send JSON in UTF-8.
problem-malformed-number = The number at line { $line }, column { $column } is too large to be read.
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
notice-pass-not-yet = Declared more than 24 hours before arrival and not confirmed since. Ask whether the answers are still true.
notice-pass-revoked = This pass was withdrawn or replaced by a newer one. Ask for the newer pass.
notice-pass-forged = This pass was not signed by the port it names. Keep the person here and call a supervisor.
notice-pass-unknown-issuer = Nobody here knows the key that signed this pass.
notice-pass-malformed = This is no pass that can be read. Scan again, or type the code below the picture.
notice-not-declared = No declaration is found.
notice-document-mismatch = The document is not the one that was declared. Is it the right document, the right pass?
notice-document-mismatch-before = Somebody else’s document was shown with this pass before, and nobody has found out why. Read the lines of the right document, or hold.
notice-document-unchecked = The document was not compared. Read its lines, or compare it with your own eyes.
notice-document-damaged = The document’s lines were not read cleanly. Read them once more.
notice-already-used = This pass has been used here before.
notice-referred = Referred to the medical desk, which has not answered yet.
notice-held = Held: who this is has not been resolved yet.
notice-corrected = The answers were changed after the first scan, and nobody has looked at that yet.
notice-sample-owed = A sample is to be taken from this person.
notice-result-awaited = The result of a sample is not there yet.
notice-to-conclude = A result is there, and the doctor has not said yet how the entry ends.
notice-order-unserved = An order was given that this person has not been told of.
notice-ended = This entry has ended another way than by going on.
notice-held-elsewhere = This person is held under another declaration. Keep them here, and scan the document alone to open it.
notice-ended-elsewhere = Another entry of this person ended another way than by going on, not long ago. Ask the medical desk.
notice-referred-elsewhere = The medical desk has not finished with this person under another declaration. Send them there.
notice-flagged-elsewhere = An officer has seen another declaration of this person that is not green. Scan the document alone, or ask the medical desk.
notice-flight-cancelled = This flight was cancelled. Ask how the person came, and for the right flight.
notice-flight-diverted = This flight went to another port. Ask how the person came, and for the right flight.
notice-flight-not-scheduled = The flight is not on the schedule.

## Our own reasons, beside those of the packs
reason-cut = The declaration is longer than the rules can read. Read it in full.
reason-changed-answers = The answers were more serious before: they were changed before anybody had seen them. Ask which answers are true.

## Staff: around every page
staff-sign-out = Sign out
staff-places = Your pages
staff-page-checkpoint = Checkpoint
staff-page-owed = Owed
staff-page-flights = Flights
staff-about-checkpoint = scan a pass, see the verdict, decide
staff-about-owed = people who were referred or held, and corrections to look at
staff-about-flights = the day’s flights, and how many people have declared
staff-home-title = Your pages
staff-home-some = These pages are there for you:
staff-home-none = There is no page yet for your role ({ $role }). What you need may be in the programming interface; ask the person who runs this server.
list-next = Next page
times-zone = All times are the port’s own ({ $zone }).
person-erased = This person’s data have been erased, as the law asks.
role-officer = officer
role-medical = medical officer
role-sampler = sampler
role-technician = laboratory technician
role-releaser = releaser of results
role-department = department
role-supervisor = supervisor
role-planner = planner
role-airline = airline
role-administrator = administrator
role-auditor = auditor
role-kiosk = kiosk
role-instrument = instrument
trouble-denied-title = This page is not for your role
trouble-denied-text = Nothing is wrong with your account: your role simply does not include this. If it should, ask your supervisor.
trouble-form-title = Please go back and reload the page
trouble-form-text = This form was made for another session, or has been open for too long. Nothing was changed. Go back, reload the page and send it again; if you signed out in between, sign in first.
trouble-missing-title = There is nothing here
trouble-missing-text = Compare the address, or begin at one of your pages. What belongs to another port is not shown here.
trouble-refused-title = This did not go through
trouble-refused-text = Nothing was changed. Go back, look at what you sent and try again.
trouble-busy-title = Please try again in a moment
trouble-busy-text = The server is busy. Nothing was lost: go back and send it again.
trouble-ours-title = Something went wrong on our side
trouble-ours-text = Nothing that was taken is lost. Go back and try again; if it happens again, tell the person who runs this server.

## Staff: signing in
sign-in-title = Sign in
sign-in-name = Name
sign-in-password = Password
sign-in-button = Sign in
sign-in-wrong = Name and password do not go together. Enter both once more; capitals matter.
sign-in-slow = Too many tries. Please wait { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}, then try again.
sign-in-kept = You were signed out after a while. What you typed is kept: sign in again, and you can send it.
kept-title = You are signed in again
kept-text = What you typed before is kept. It was not sent yet.
kept-send = Send it now
kept-leave = Leave it, and open the page anew
sign-in-help = Forgotten your password? The administrator of your port gives you a new one.

## Staff: the lane
station-title = Where are you?
station-text = Choose the lane or desk at which this screen stands. It is remembered on this screen.
station-label = Lane or desk
station-lane = lane
station-desk = medical desk
station-button = Start here
scan-title = Checkpoint
scan-station = Station { $station }.
scan-other-station = Change
scan-read = Pass, code or document
scan-read-hint = Scan the pass. Or type its code (7GQ2-M4XK-9TA) or the document number.
scan-mrz = Lines at the foot of the document
scan-mrz-hint = Read the passport’s machine-readable lines in here, before or after the pass. They prove that the pass belongs to this document.
scan-button = Show the verdict
scan-no-declaration = Nothing declared yet?
scan-declare = Declare on the spot
recent-title = Last scans at this station
recent-none = Nothing has been scanned here yet.
recent-time = Time
recent-verdict = Verdict
recent-pass = Pass
recent-decided = Decision
recent-by = By
recent-undecided = none yet
band-clear = CLEAR
band-check = CHECK
band-hold = HOLD
verdict-nothing-against = Nothing stands against going on.
verdict-refused = This decision did not go through
verdict-used = Used before: at { $station }, { $at } ({ $zone }), by { $by }.
verdict-used-what-to-do = It cannot be cleared here a second time. Ask the person where they have been since, and for their own pass and document.
verdict-busy = Others are working on the same person at this moment. Press the button once more.
verdict-person = The person
verdict-document-tail = ends in { $tail }
verdict-others = Also
verdict-facts = About this scan
verdict-pass = Pass
verdict-document = Document shown
verdict-flight = Flight
verdict-flight-text = { $flight } from { $origin }, scheduled { $at } ({ $zone })
verdict-flight-unknown = { $flight } on { $day }: not on the schedule
verdict-manifest = On the manifest
manifest-unknown = Unknown: no passenger list has been handed in for this flight
verdict-rules = Judged by
verdict-rules-text = rules { $rules }, pack { $pack }
verdict-scanned = Scanned
verdict-scanned-text = { $at } ({ $zone }), { $station }, by { $by }
verdict-nobody = There is nobody to decide on
verdict-nobody-text = What was scanned leads to no declaration of this port. Ask for the travel document and scan or type its number. If there is still nothing, the person can declare on the spot.
verdict-next = Next person
verdict-again = Scan again, or the next person
verdict-leave = Decide later and scan the next person
verdict-decided-clear = Cleared. The person may go on.
verdict-decided-refer = Referred. Please send the person to the medical desk.
verdict-decided-hold = Held. Please keep the person here until it is clear who they are.
pass-verdict-valid = good
pass-verdict-expired = its time is over
pass-verdict-not-yet = declared too early and not confirmed
pass-verdict-revoked = withdrawn or replaced
pass-verdict-forged = not genuine
pass-verdict-unknown-issuer = issuer unknown
pass-verdict-malformed = not readable as a pass
document-check-match = belongs to this pass
document-check-mismatch = is another person’s
document-check-unchecked = not compared
decision-clear = Clear: may go on
decision-refer = Refer to the medical desk
decision-hold = Hold here
decision-reason = Reason
decision-reason-needed = To clear this person, say why.
decided-clear = cleared
decided-refer = referred
decided-hold = held
error-not-readable = This is neither a pass, a code nor a document number. Scan once more, or type the code below the picture.
error-code-or-number = Either one character of the code is wrong, or nobody has declared with this document number. Compare it; for a document, read its lines below as well.

## Staff: what is owed
owed-title = Owed at this port
owed-none = Nothing is owed. Everybody who was referred or held has been answered for.
owed-what = What
owed-due = Due
owed-since = Since
owed-by = Who owes it
owed-taken = Taken on by
owed-carried = Step { $level } of the ladder
owed-nobody = nobody yet
owed-taken-by = Taken on by { $by }.
owed-taken-nobody = Nobody has taken it on yet.
owed-open = Open it
owed-take-on = Take it on
owed-reasons = Why
owed-reasons-none = The rules found nothing: an officer referred or held this person.
reason-class-red = Red: what was declared needs a medical officer.
reason-class-amber = Amber: what was declared needs a closer look.
reason-class-green = Green: something was noted that needs nobody’s act.
reason-gone = A rule of a form that is no longer here.
owed-answer = Answer
owed-outcome = What is the outcome?
owed-words = In your words
owed-send = Send the answer
owed-said = What the person declared
owed-history = What was done so far
owed-other-role = This is for the { $role } to answer.
owed-answered = Answered by { $by }, { $at } ({ $zone }): { $outcome }.
obligation-examine = Examine a referred person
obligation-resolve-hold = Resolve who a held person is
obligation-review-correction = Look at a correction
obligation-collect-sample = Take a sample
obligation-deliver-sample = Bring a sample to the laboratory
obligation-report-result = Release a result
obligation-conclude = Say how the entry ends
obligation-tell-person = Tell the person the result
obligation-trace-contacts = Find the contacts of a case
obligation-reach-contact = Reach a contact
obligation-serve-order = Explain an order to the person
obligation-end-order = Say how an order ended
obligation-accept-handover = Accept what was handed over
obligation-answer-handover = Report back on what was handed over
obligation-offer-again = Offer to another department
obligation-depart = Fly on
due-minutes = due in { $minutes } min
due-hours = due in { $hours } h
overdue-minutes = overdue by { $minutes } min
overdue-hours = overdue by { $hours } h
outcome-fit = Examined: nothing stands against going on
outcome-identity-confirmed = The person is who the pass says
outcome-seen = The correction was looked at
outcome-sampled = A sample was ordered
outcome-reached = Reached and told
outcome-done = Done
outcome-lapsed = Fell away
outcome-release = Free to go
outcome-home-observation = Observation at home
outcome-central-isolation = Isolation at a central place
outcome-hospital = To hospital
outcome-onward-transfer = On to another port
outcome-refused-entry = Entry refused
outcome-departed = Left again
outcome-crew-rest = Closed rest of a crew
outcome-diverted = Flight went to another port
outcome-no-show = Not on board
outcome-deceased = Deceased
outcome-void = Same person declared twice
deed-clear = { $by } cleared the person.
deed-refer = { $by } referred the person to the medical desk.
deed-hold = { $by } held the person.
deed-took-on = { $by } took it on.
deed-answered = { $by } answered: { $outcome }.

## Staff: flights
flights-title = Flights on { $day }
flights-days = Other days
flights-before = The day before
flights-after = The day after
flights-day = Day
flights-show = Show
flights-none = No flights are known for this day.
flights-new = Add a flight
flights-move = Flight { $flight }
flights-save = Save
flights-origin = From
flights-origin-hint = The airport’s three letters, as in LHR
flights-scheduled = Scheduled arrival
flights-actual = Actual arrival
flights-time-hint = On the port’s clock, as in 2026-11-24 14:05
flights-category = Category
flights-status = Status
flights-status-hint = If you leave it open, it follows from the actual arrival.
flights-declared = Declared
flights-not-yet = not yet
category-international = International
category-hmt = Hong Kong, Macao, Taiwan
category-cargo = Cargo
category-domestic-transfer = Domestic transfer
category-private = Private
flight-scheduled = Scheduled
flight-airborne = In the air
flight-landed = Landed
flight-cancelled = Cancelled
flight-diverted = Diverted
flight-exists = This flight is on the schedule of that day already. Open it from the list to move it.
flight-not-yours = This flight belongs to another airline. You can add and move the flights of your own.
error-not-an-airport-origin = Enter the airport’s three letters, as in LHR.
error-required-origin = Enter the airport’s three letters, as in LHR.
error-required-scheduled-arrival = Enter the scheduled arrival, as in 2026-11-24 14:05.
error-not-a-time-scheduled-arrival = Enter the scheduled arrival as date and time, as in 2026-11-24 14:05.
error-not-a-time-actual-arrival = Enter the actual arrival as date and time, as in 2026-11-24 14:05.
error-required-category = Choose the category.
import-title = Take in a schedule
import-text = One flight a line, in CSV, with a first line that names the columns. Times without a zone are the port’s own. Sending the same schedule again changes nothing.
import-file = File
import-paste = Or paste it here
import-button = Take it in
import-empty = Choose a file, or paste the lines.
import-unreadable = What was sent could not be read. Is the file larger than 4 MB? Then send it in parts.
import-done = New: { $made }. Changed: { $moved }. As before: { $unchanged }. Not taken: { $refused }.
import-refused = Lines that were not taken
import-line = Line
import-why = What to mend

## Departments: what they are given
staff-page-inbox = Inbox
staff-about-inbox = people who were handed over to your department
inbox-title = Handed over to us
inbox-open = What waits for us
inbox-answered = What we have answered
inbox-none = Nothing waits. Whoever is handed over to your department stands here at once.
inbox-answered-none = Nothing has been answered yet.
inbox-since = Offered
inbox-by = By
inbox-from = Handed over by { $by }, { $at }.
inbox-accept-title = Take it
inbox-accept-about = From then on this person is your department’s to look after, and you report back.
inbox-accept = Accept
inbox-decline-title = Do not take it
inbox-decline-why = Why can you not take it?
inbox-decline = Decline
inbox-answer-title = Report back
inbox-report = How did it end?
inbox-said = What you wrote
handover-offered = Offered: accept or decline
handover-accepted = Accepted: report back
handover-declined = Declined
handover-answered = Answered
handover-withdrawn = Taken back
handover-report-completed = Isolation or observation completed
handover-report-discharged = Treated and discharged
handover-report-contacts-reached = Contacts found and told
handover-report-not-found = The person could not be found
handover-report-passed-on = Passed on to another department
purpose-isolation = You see what is needed to take a person in and watch over them. Every look is logged.
purpose-tracing = You see what is needed to find whom a person was near. Every look is logged.
purpose-joint-prevention = You see what is needed to prepare the district that a person travels on to. Every look is logged.
purpose-treatment = You see what is needed to treat a person. Every look is logged.
shared-none = nothing yet
shared-document-tail = ends in { $tail }
shared-age = Age
shared-companions = Declared together with
shared-companions-count = { $count } other people
shared-tier = What the rules say
shared-tier-green = Green: nothing stood out
shared-tier-amber = Amber: something to look at
shared-tier-red = Red: to be examined
shared-findings = What the desk found
shared-samples = Samples
shared-numbered = { $number }: { $text }
shared-sample-ordered = ordered
shared-sample-not-sampled = not taken
shared-sample-labelled = labelled
shared-sample-collected = taken
shared-sample-sent = on the way to the laboratory
shared-sample-received = in the laboratory
shared-sample-rejected = rejected by the laboratory
shared-sample-missing = missing
shared-sample-lost = lost
shared-results = Results
shared-result = Sample { $number }: { $text } ({ $at })
shared-result-corrected = Sample { $number }: { $text } ({ $at }). This corrects an earlier result.
shared-result-positive = positive
shared-result-negative = negative
shared-result-inconclusive = neither can be said
shared-result-invalid = the test failed
shared-orders = Orders
shared-order = { $measure }: { $state }
shared-order-until = { $measure }: { $state }, until { $until }
shared-order-issued = given
shared-order-active = in force
shared-order-ended = ended
shared-contacts = Contact of a case
contact-rule-same-party = Travelled together
contact-rule-same-row = Sat in the same row
contact-rule-rows = Sat { $count } rows away
contact-rule-crew = Crew of the flight
contact-rule-asked = Was asked where they sat
contact-rule-examined-together = Examined together
contact-unknown = No seat on record
cases-title = Cases and their contacts
cases-none = There is no case at this port.
cases-since = Result released
cases-due = Find the contacts
cases-found = done
case-title = A case on { $flight }
case-about = Opening this page looks at everybody on the flight, and is logged.
case-found = Who was near
case-found-none = The rules find nobody else.
case-choose = Who is a contact?
case-tie = Take those chosen for contacts
case-tie-all = Take all of them for contacts
case-unknown = Who has no seat on record
case-unknown-choose = Ask these people where they sat. Who sat near?
case-tied = Contacts to be reached
case-tied-none = Nobody yet.
case-reached = Reached and told
case-done-title = Are all contacts found?
case-done = All contacts are found

## Handing over
hand-over-title = Hand over to a department
hand-over-about = The person stays yours until the department accepts.
hand-over-to = Which department?
hand-over-note = What must they know?
hand-over-send = Offer
hand-over-stands = Handed over
hand-over-line = { $department }: { $state } ({ $at })
hand-over-take-back = Take it back from { $department }
