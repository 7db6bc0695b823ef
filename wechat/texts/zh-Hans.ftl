# 只有小程序需要的文字。其他文字与网页相同，见 locales/。

wechat-large-text = 大字模式
wechat-consent-title = 开始之前
wechat-consent-version = 本说明的版本：{ $version }
wechat-consent-agree = 我已阅读并同意
wechat-consent-refuse = 我不同意
wechat-consent-refused = 那么我们不问任何问题，也不保存任何内容。您仍可在口岸向检疫人员当面申报。
wechat-sign-in-title = 用微信登录
wechat-sign-in-text = 微信只给我们一个一次性的代码，不含姓名，也不含号码。它用来防止机器自动填表。
wechat-sign-in-button = 用微信继续
wechat-sign-in-failed = 微信没有回应。您可以再试一次，也可以不登录直接继续。
wechat-sign-in-skip = 不登录，继续
wechat-passes = 您的通行码
wechat-offline = 没有网络。您填写的内容保存在这部手机上。
wechat-try-again = 再试一次
wechat-unknown-title = 还不知道是否送达
wechat-unknown-text = 回应到达之前网络断了。请再发送一次：只算一次申报，您会得到同一个通行码。
wechat-send-again = 再发送一次
wechat-as-of = { $at }时的情况
wechat-forget = 从这部手机上移除此通行码
wechat-clear-date = 不填日期
wechat-choose-date = 选择日期
wechat-bright = 打开本页时屏幕会变亮。
