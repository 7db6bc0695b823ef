# 界面文字（简体中文）：简短、平实、友善；说明下一步；错误提示说明如何更正。
# 花括号内为代入的内容。新增条目时各语言同时新增。

language-name = 简体中文

## 每页通用
skip-to-main = 跳到正文
languages = 语言
foot-help = 帮助
foot-privacy = 隐私
foot-about = 主办机构
back = 返回
back-to-start = 返回首页
continue = 继续
change = 修改
remove = 删除
optional = （选填）
summary-title = 请更正以下内容
title-error = 有误：

## 日期与时间
month-1 = 1月
month-2 = 2月
month-3 = 3月
month-4 = 4月
month-5 = 5月
month-6 = 6月
month-7 = 7月
month-8 = 8月
month-9 = 9月
month-10 = 10月
month-11 = 11月
month-12 = 12月
date = { $year }年{ $month }{ $day }日
date-and-time = { $date } { $time }

## 答案
answer-yes = 是
answer-no = 否
answer-none-yet = 请选择
answer-other = 其他
answer-own-words = 请说明
answer-number = 第 { $count } 项
answer-add = 再加一项
row-number = 第 { $count } 条
row-add = 再加一条
row-remove = 删除这一条
person-number = 第 { $count } 位

## 首页
start-title = 入境健康申报
start-lead = 请在抵达前告知检疫人员您的健康状况，大约需要三分钟。完成后您会得到带二维码的通行码，请在卫生检疫通道出示。
start-need-title = 请准备
start-need-document = 旅行证件
start-need-flight = 航班号和抵达日期
start-need-contact = 能联系到您的电话或电子邮箱
start-when = 请在抵达前24小时内申报。提前申报的，我们会保存并告诉您何时确认；已经抵达的，现在仍可申报。
start-privacy-title = 您的信息如何使用
start-privacy = 本口岸检疫人员只为保护您和他人免受感染而使用这些信息，不作他用。信息加密保存，法定期限届满即删除。
start-privacy-more = 了解隐私说明
start-button = 开始申报
start-go-on = 继续填写
start-again = 重新开始
start-find = 查找以前的申报
field-port = 入境口岸

## 申报各页
step-trip = 行程
step-trip-intro = 如需转机，请填写最后一段，即抵达本口岸的航班。
step-you = 个人信息
step-you-intro = 请按旅行证件填写。
step-companion = 同行人员
step-companion-intro = 请按其旅行证件填写。行程和联系方式与您相同。
step-contact = 联系方式
step-contact-intro = 您离开口岸后，检疫人员可能需要联系您。
step-section = 健康状况

field-flight = 航班号
hint-flight = 见机票或登机牌，例如 CA938
field-arrival = 抵达日期
hint-arrival = 计划抵达口岸当地的日期，按年月日填写，例如 2026-11-24 或 20261124
field-seat = 座位号
hint-seat = 例如 31A。尚不知道可不填。
field-document-type = 证件类型
field-number = 证件号码
hint-number = 按证件上的字母和数字填写。没有证件可不填。
field-primary = 姓（证件拼写）
hint-primary = 按证件填写，例如 WANG。只有单名的请填在这里。
field-secondary = 名（证件拼写）
field-native = 本国文字姓名
hint-native = 例如 王小明；证件上没有可不填
field-birth-date = 出生日期
hint-birth-date = 按年月日填写，例如 1990-02-01 或 19900201。不知道日期的，填年份即可。
field-sex = 性别
hint-sex = 按证件填写
field-nationality = 国籍（地区）
field-issuer = 证件签发国（地区）
field-relation = 与您的关系
field-phone = 电话号码
hint-phone = 含国家（地区）代码，例如 +86 138 0000 0000。没有电话的可不填，请填写电子邮箱。
field-email = 电子邮箱
field-address = 未来14天住址
hint-address = 城市、街道、门牌号，或酒店名称

document-passport = 护照
document-identity-card = 身份证
document-travel-permit = 通行证（往来港澳台及其他）
document-crew = 机组证件或海员证
document-emergency = 难民、无国籍人旅行证件或应急证件
document-other = 其他证件
document-none = 没有旅行证件
sex-f = 女
sex-m = 男
sex-x = 未注明
relation-child = 子女
relation-partner = 配偶或伴侣
relation-parent = 父母
relation-family = 其他亲属
relation-ward = 受我照护的人
relation-other = 朋友、同事或同团人员
issuer-as-nationality = 与国籍相同
hint-date = 按年月日填写，例如 2026-03-01 或 20260301
hint-any-number = 可多选。

## 同行人员
companions-title = 有人与您同行吗？
companions-intro = 您最多可为同一行程的九人申报，例如您的孩子。每人各有一个通行码。
companions-unfinished = 尚未填完
companions-add = 添加一人
companions-none = 没有，继续

## 核对与提交
check-title = 请核对
check-intro = 内容尚未提交。
check-intro-amend = 提交之前，原来的申报仍然有效。
check-missing = 尚未填写
check-left-out = 未填
check-send = 提交申报
check-send-amended = 提交修改
check-send-again = 有一处错误无法定位。请检查各项内容后重新提交。
attest-title = 声明
attest = 据我所知，以上内容真实、完整。我已了解这些信息的用途。

## 通行码
pass-title = 健康通行码
pass-received = 已收到您的申报。请在卫生检疫通道出示此码。
pass-picture = 通行二维码。如无法扫描，请报出下方的编码。
pass-code = 编码
pass-name = 姓名
pass-document = 证件号码
pass-flight = 航班
pass-counts-from = 此时间起申报或确认有效
pass-valid-until = 有效期至
pass-next = 接下来
pass-confirm = 确认：内容仍然属实
pass-confirm-later = 请从以下时间起回到本页确认：
pass-unscheduled = 时刻表中没有找到这个航班。您的申报仍然有效，请再核对航班号和日期。
pass-companions = 同行人员的通行码
pass-open = 打开
pass-keep-title = 请保存
pass-keep = 请截屏或打印本页。凭编码以及证件号码或出生日期，也可以再次找到它。
pass-correct = 有误或有变化？
pass-amend = 修改内容
pass-withdraw = 撤回申报
pass-help = 有疑问？

state-early = 已收到，待确认
state-early-text = 您在抵达24小时之前申报，内容已保存。请在临近航班时确认内容仍然属实，只需按一下。
state-ready = 可以出示
state-ready-text = 到达卫生检疫通道时，请备好通行码和旅行证件。
state-presented = 已在通道出示
state-presented-text = 检疫人员已读取您的通行码，请按其指引行进。
state-referred = 请联系检疫人员
state-referred-text = 检疫台的工作人员想向您了解情况。请带上通行码和旅行证件前往，一般不超过30分钟。
state-held = 请联系检疫人员
state-held-text = 请留在读取您通行码的检疫人员身边，另一位同事正在赶来，一般不超过30分钟。
state-cleared = 可以通行
state-cleared-text = 您的卫生检疫已完成。欢迎您。
state-ended = 已结束
state-ended-text = 本次入境手续已结束。如有疑问，请询问检疫人员。
state-withdrawn = 已撤回
state-withdrawn-text = 您已撤回此申报。如仍要入境，请重新申报。
state-replaced = 已有更新的申报
state-replaced-text = 此后您又作了申报，请出示新的通行码。
state-expired = 已过期
state-expired-text = 此通行码已过有效期。如仍要入境，请重新申报。

## 查找
find-title = 查找申报
find-intro = 请填写编码，以及一项只有您知道的信息。
field-code = 申报编码
hint-code = 11位字母和数字，例如 7GQ2-M4XK-9TA
field-proof = 证件号码或出生日期
hint-proof = 例如 E12345678 或 1990-02-01
find-button = 查找
find-lost-title = 编码丢失了？
find-lost = 请重新申报，新的申报会取代旧的；也可以询问口岸检疫人员。
find-nothing = 没有找到与此编码和证件号码（或出生日期）相符的申报。请与您申报的内容核对。
find-code-shape = 请填写二维码下方的编码：11位字母和数字。
find-code-check = 编码中有一位不对。请与通行码核对。
find-proof-missing = 请填写证件号码，或按年月日填写出生日期。

## 撤回
withdraw-title = 撤回此申报？
withdraw-text = 通行码将立即失效，且无法恢复。如仍要入境，需要重新申报。
withdraw-others = 同行人员的申报不受影响。
withdraw-button = 是，撤回
withdraw-keep = 不，保留

## 目前无法办理
refused-title = 目前无法办理
refused-back = 返回通行码

## 说明页
help-title = 帮助
help-1-title = 谁需要申报？
help-1-text = 所有乘国际航班入境的人员，包括儿童和机组人员。一人最多可为九人代报。
help-2-title = 何时申报？
help-2-text = 抵达前24小时内。航班延误不影响。也可以抵达后在这里或大厅的自助机上申报。
help-3-title = 填错了怎么办？
help-3-text = 打开通行码，或凭编码查找，选择“修改内容”。检疫人员读取之后仍可更正，检疫人员会得到通知。
help-4-title = 没有手机或没电了怎么办？
help-4-text = 请打印通行码，或抄下编码。检疫人员也可以凭旅行证件找到您的申报。
privacy-title = 隐私
privacy-1-title = 保存哪些信息
privacy-1-text = 您的身份、行程、联系方式和健康状况。二维码中没有他人可以读出的上述内容。
privacy-2-title = 用于什么
privacy-2-text = 用于在口岸发现感染，保护您和他人。规则只会请您去见工作人员，不会仅由机器决定留置您。
privacy-3-title = 谁能看到
privacy-3-text = 本口岸检疫人员和法律规定的部门，各自只能看到工作所需的内容。每次查看都有记录。
privacy-4-title = 保存多久
privacy-4-text = 按法律规定的期限。期满即删除，只保留不含姓名的统计数字。
privacy-5-title = 您的权利
privacy-5-text = 凭编码可以查看和更正您申报的内容。如需副本或删除，请联系主管本口岸的机构。
about-title = 主办机构
about-1-title = 口岸检疫机关
about-1-text = 本服务由您入境口岸的检疫机关在其自有设备上运行，由其决定询问的内容和理由。
about-2-title = 程序
about-2-text = Pratique 是开源软件，任何人都可以查看它如何工作。标志是Q字信号旗，船舶以此表示：本船没有染疫，请发给进口检疫证。

## 页面无法显示
mishap-400-title = 无法读取所提交的内容
mishap-400-text = 请返回再提交一次。已保存的内容不会丢失。
mishap-403-title = 您无法打开此页
mishap-403-text = 表单可能打开太久，或在另一个浏览器中打开。请重新打开页面，并凭编码查找您的申报。
mishap-404-title = 没有这个页面
mishap-404-text = 请核对网址。要查看通行码，请凭编码查找您的申报。
mishap-429-title = 请稍等
mishap-429-text = 尝试次数过多。请15分钟后再试，或询问口岸检疫人员。已保存的内容不会丢失。
mishap-500-title = 我们这边出了问题
mishap-500-text = 已保存的内容不会丢失。请一分钟后再试。如再次出现，请询问口岸检疫人员。
mishap-503-title = 服务繁忙
mishap-503-text = 已保存的内容不会丢失。请一分钟后再试。
mishap-start = 前往首页

## 栏目有误
error-at-field = “{ $field }”：{ $message }
error-required = 请作答。
error-required-flight = 请填写航班号，例如 CA938。
error-required-arrival = 请填写抵达日期，例如 2026-11-24。
error-required-number = 请按证件填写证件号码，或选择“没有旅行证件”。
error-required-primary = 请按证件填写姓。只有单名的，请填在这里。
error-required-birth-date = 请填写出生日期，例如 1990-02-01。
error-required-sex = 请按证件选择性别。
error-required-nationality = 请选择国籍（地区）。
error-required-relation = 请选择与您的关系。
error-too-long = 请缩短到 { $max } 个字符以内。
error-not-text = 只能使用文字、数字和标点。其中有看不见的字符，请重新输入。
error-not-a-date = 请按年月日填写，例如 2026-11-24。
error-not-a-date-birth-date = 请按年月日填写出生日期，例如 1990-02-01。不知道日期的，填年份即可。
error-not-a-date-arrival = 请按年月日填写抵达日期，例如 2026-11-24。
error-date-in-future = 这一天还没有到。请与证件核对。
error-date-in-future-birth-date = 出生日期还没有到。请与证件核对。
error-date-too-old = 年份太早。请与证件核对。
error-date-too-old-birth-date = 出生年份太早。请与证件核对。
error-not-a-flight = 请填写航班号：航空公司的两三位代码加数字，例如 CA938。
error-not-a-country = 请从列表中选择国家或地区。
error-not-a-sex = 请按证件选择：女、男或未注明。
error-not-a-document-number = 请按证件填写证件号码：不超过20位字母和数字。
error-not-a-document-type = 请从列表中选择证件类型。
error-not-a-name = 请按证件填写姓名，至少含一个文字，不含 <、| 等符号。
error-not-a-phone = 请填写含国家（地区）代码的电话号码，只用数字，例如 +86 138 0000 0000。
error-not-an-email = 请填写电子邮箱，例如 name@example.org。
error-not-a-channel = 请注明途径：web、wechat、kiosk、officer、paper 或 api。
error-not-a-relation = 请从列表中选择与您的关系。
error-contact-missing = 请填写电话或电子邮箱，以便检疫人员联系您。
error-too-many-companions = 最多可为 { $max } 人代报。更大的团体请提交名单，详情请询问口岸。
error-same-person-twice = 这个证件号码在本次申报中已经有了。请填写另一人的号码，或删除其中一人。
error-not-attested = 请勾选，声明所填内容属实。
error-trip-too-far = 请填写距今天 { $days } 天以内的抵达日期。
error-not-a-port = 请从列表中选择口岸。
error-not-a-seat = 请填写座位号：排数加字母，例如 31A。不知道可不填。
error-other-questionnaire = 您开始填写之后，问题有了变化。请再检查一遍，仍适用的内容会保留。
error-not-an-airport = 请填写机场三字代码，例如 BKK，或国家代码。
error-not-a-list = 请以列表形式提交。
error-not-an-object = 请以带名称的对象形式提交。
error-not-a-time = 请按 2026-11-24T06:00:00Z 的形式填写时间。
error-not-an-option = 请从所列答案中选择。
error-other-date-than-id = 请填写计划抵达口岸的日期，须与航班标识中的日期一致。
error-unknown-question = 表单中没有这个问题，请删去。
error-not-a-question = 这一项仅供阅读，请删去。
error-given-twice = 这个问题只需回答一次。
error-wrong-type = 答案的类型不对，应为 { $expected }。
error-not-a-number = 请填写数字，例如 37.5。
error-not-a-whole-number = 请用数字填写整数。
error-too-small = 请填写不小于 { $min } 的数。
error-too-large = 请填写不大于 { $max } 的数。
error-too-many-decimals = 小数点后最多保留 { $max } 位。
error-too-early = 请填写 { $min } 或之后的日期。
error-too-late = 请填写 { $max } 或之前的日期。
error-too-short = 请至少写 { $min } 个字符。
error-bad-character = 请去掉字符 { $character }：它看不见，或不应出现在这里。
error-too-few = 请至少填写 { $min } 项。
error-too-many = 请最多填写 { $max } 项。

## 无法办理的原因
refusal-not-declared = 没有这份申报。请核对编码。
refusal-already-declared = 这份申报已经存在。请凭编码打开。
refusal-withdrawn = 这份申报已撤回。请重新申报。
refusal-replaced = 同一人已有更新的申报。请使用新的编码。
refusal-already-presented = 通行码已在通道出示。请询问检疫人员。
refusal-too-early = 现在确认还太早。请从 { $from } 起再来。
refusal-not-scanned = 请先扫描通行码，再作决定。
refusal-already-used = 此通行码已在 { $station } 由 { $by } 使用（{ $at }）。请询问本人，或留置。
refusal-document-mismatch = 证件与通行码不符。请扫描正确的证件，或留置。
refusal-reason-needed = 请填写准予通行的理由。
refusal-second-person-needed = 须由另一位人员检查。请转至医学排查台。
refusal-still-owed = 此人还有未完成的事项。请先处理。
refusal-no-such-obligation = 没有这项待办。可能已由同事完成，请重新打开列表。
refusal-already-answered = 这项待办已完成。请重新打开列表。
refusal-outcome-does-not-fit = 这个答复不适用于此事项。请另选。
refusal-already-closed = 本次入境已结案。更正须由主管人员进行。

## 接口的字段错误
error-not-a-uuid = 请发送 UUID，例如 0192f7a0-0000-7000-8000-000000000001。
error-not-a-station = 请填写本口岸的岗位编号，例如 T3D-L01。
error-not-a-code = 请与通行码核对：编码共11位字母和数字，例如 7GQ2-M4XK-9TA。
error-not-an-mrz = 请按证件页下方所印原样发送，共两行或三行。
error-nothing-scanned = 请扫描通行码，或输入编码或证件号码。
error-not-a-decision = 请选择 clear（放行）、refer（转排查）或 hold（留置）。
error-not-an-outcome = 请答复 fit、identity-confirmed、seen 或一种处置结果。
error-not-a-key = 请发送1至255个字符的键。
error-taken = 此名称已被使用。请另选。
error-other-flight = 更换航班须另行申报：请撤回本申报后重新申报。
error-wrong-value = 此处的值不符合要求。请对照接口说明。
error-not-a-cursor = 请原样发送上一页 “next” 的内容。
error-not-a-query = 问号之后的内容无法读取。时间写法例如 2026-11-24T06:00:00Z。
error-not-a-flight-id = 请写明航班、计划抵达日期和口岸，例如 CA938-2026-11-24-CNPEK。
error-not-a-schedule = 请发送带标题行的 UTF-8 编码 CSV 航班计划。
error-column-missing = 请在标题行和每一行中加上这一列。
error-not-a-line = 无法读取这一行。请检查引号，并将文件存为 UTF-8 编码。
error-flight-twice = 本文件前面已有同一航班。请保留其中一行。
error-not-your-flight = 只能提交本航空公司的航班。
error-too-many-lines = 每个文件最多 { $max } 行。

## 接口的问题说明
problem-title-400 = 请求无法读取
problem-title-401 = 请先登录
problem-title-403 = 没有权限
problem-title-404 = 未找到
problem-title-405 = 不支持此方法
problem-title-409 = 当前状态下无法办理
problem-title-413 = 内容过大
problem-title-415 = 内容类型不符
problem-title-422 = 部分字段无法接受
problem-title-429 = 尝试次数过多
problem-title-500 = 系统内部错误
problem-title-503 = 暂时不可用
problem-title-507 = 存储空间不足
problem-invalid = 未保存任何内容。请查看 “errors” 中列出的字段，改正后全部重新发送。
problem-signed-out = 请在 Authorization: Bearer TOKEN 标头中发送有效令牌。
problem-denied = 您的账号无权在此进行这项操作。请联系本口岸的管理员。
problem-not-found = 此处没有该内容，或它不属于您。请核对地址、编码和证件号码。
problem-key-reused = 此 Idempotency-Key 已用于另一请求。请换一个。
problem-too-many-tries = 请稍等片刻再试。
problem-disk-full = 未保存任何内容。须由系统运行人员腾出空间，之后发送同一请求即可。
problem-malformed = 这不是 JSON：在第 { $line } 行第 { $column } 列中断。
problem-too-complex = 成员过多或嵌套过深，超出所有表单。请对照接口说明。
problem-too-large = 最多可发送 { $kib } KiB。
problem-unsupported = 请以 { $expected } 发送，并在 Content-Type 中写明。
problem-no-such-method = 标头 Allow 列出此地址支持的方法。
problem-timed-out = 答复超时。请用相同的 Idempotency-Key 重发同一请求：若已办理，即可得到其答复。
problem-unavailable = 请稍后用相同的 Idempotency-Key 重发同一请求。
problem-internal = 我方出现错误，已记入日志。未保存任何内容。

## 除规则理由之外告知检疫人员的提示
notice-pass-expired = 此通行码已过有效期。
notice-pass-not-yet = 申报过早且尚未确认。本人现在可在手机或自助机上确认。
notice-pass-revoked = 此通行码已失效：已撤回、已被替换，或签发密钥已吊销。
notice-pass-forged = 此通行码并非其所称口岸签发。
notice-pass-unknown-issuer = 无法确认此通行码的签发者。
notice-pass-malformed = 这不是通行码。
notice-not-declared = 未找到申报。本人现在可在自助机或手机上申报。
notice-document-mismatch = 证件与申报的证件不符。
notice-document-unchecked = 尚未核对证件。请读取证件机读区。
notice-document-damaged = 证件机读区读取有误：校验位不符。请重新读取。
notice-already-used = 此通行码在这一环节已使用过。
notice-referred = 此人已转医学排查台，尚无答复。
notice-held = 此人在身份查明之前须留置。
notice-corrected = 首次扫描后答案有更改。请查看更改内容。
notice-ended = 本次入境已结束。
notice-flight-not-scheduled = 该航班不在航班计划中。请核对登机牌上的航班号。
