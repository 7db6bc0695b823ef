# Texts that only the mini-program needs. All others are those of the interface, in locales/.

wechat-large-text = Larger text
wechat-consent-title = Before you begin
wechat-consent-version = Version of this notice: { $version }
wechat-consent-agree = I have read this and agree
wechat-consent-refuse = I do not agree
wechat-consent-refused = Then nothing is asked and nothing is kept. You can still declare with an officer at the port.
wechat-sign-in-title = Sign in with WeChat
wechat-sign-in-text = WeChat gives us a one-time code, no name and no number. It protects the form from machines that fill it in.
wechat-sign-in-button = Continue with WeChat
wechat-sign-in-failed = WeChat did not answer. You can try again, or go on without it.
wechat-sign-in-skip = Go on without it
wechat-passes = Your passes
wechat-offline = There is no connection. What you typed is kept on this phone.
wechat-try-again = Try again
wechat-unknown-title = We do not know yet whether it arrived
wechat-unknown-text = The connection broke before the answer came. Send it again: it is counted once, and you get the same pass.
wechat-send-again = Send again
wechat-as-of = As known on { $at }
wechat-forget = Remove this pass from this phone
wechat-clear-date = No day
wechat-choose-date = Choose a day
wechat-bright = The screen is bright while this page is open.
