"""The parts that may be down, full or damaged: store, index, queue, extraction, formats."""

from collections.abc import Mapping

PARTS: Mapping[str, tuple[str, str]] = {
    "busy": ("系统正忙，本次请求没有处理。", "请在 {wait_s} 秒后重试；已填写的内容不会丢失。"),
    "queue_down": ("任务队列暂时无法连接。", "内容已保存，稍后会自动处理；请管理员检查 Redis。"),
    "queue_untrusted": (
        "任务队列（Redis）的证书不受信任。",
        "请管理员核对地址，并用 WENSHU_QUEUE_CA 给出签发机构的证书。",
    ),
    "no_queue": (
        "没有配置任务队列。",
        "请设置 WENSHU_QUEUE（如 redis://主机:6379/0）后再启动处理进程。",
    ),
    "no_record": ("任务没有指明记录。", "这是程序错误，请保留日志并报告。"),
    "unknown_lane": ("没有这样的队列：{given}。", "可用的队列：{allowed}。"),
    "store_full": (
        "存储空间已满，未保存。",
        "请联系管理员清理空间；您的内容仍在页面上，可稍后重试。",
    ),
    "no_room_to_unpack": (
        "没有空间解出“{name}”中的文件。",
        "请稍后重试；如持续出现，请联系管理员清理空间。",
    ),
    "store_read_only": ("存储不可写，未保存。", "请联系管理员检查数据目录的权限。"),
    "store_fault": ("存储暂时不可用。", "请稍后重试；如持续出现，请联系管理员。"),
    "store_busy": ("存储正忙，未保存。", "请稍后重试。"),
    "store_unreachable": (
        "连接不上存储服务。",
        "请稍后重试；如持续出现，请联系管理员检查网络和存储服务。",
    ),
    "store_untrusted": (
        "存储服务的证书不受信任。",
        "请管理员核对地址，并用 WENSHU_S3_CA 给出签发机构的证书。",
    ),
    "store_denied": ("存储服务拒绝了访问密钥。", "请管理员核对访问密钥、桶的权限和本机时间。"),
    "no_bucket": ("存储桶“{bucket}”不存在。", "请管理员先建立该桶，再重新启动。"),
    "outcome_unknown": (
        "没有收到存储服务的答复，不能确定是否已保存。",
        "请刷新页面核对；如未保存，请重试。",
    ),
    "store_not_exclusive": (
        "存储桶“{bucket}”不支持“不存在才写入”（If-None-Match），不能使用。",
        "请换用支持条件写入的 S3 服务，或去掉中间改写请求的网关。",
    ),
    "store_not_consistent": (
        "存储桶“{bucket}”写入后不能立即读到或列出，不能使用。",
        "请换用读写一致的 S3 服务，或去掉中间的缓存。",
    ),
    "store_no_object_lock": (
        "存储桶“{bucket}”没有启用对象锁定，不能保留档案。",
        "请管理员新建启用对象锁定的桶，再用 wenshu copy 迁移。",
    ),
    "store_holds_all": ("存储桶“{bucket}”默认保留一切对象，不能使用。", "请去掉它的默认保留规则。"),
    "bad_store_address": (
        "存储地址“{address}”不能使用。",
        "应为可以建立的文件夹，或 s3+http://主机:端口/桶[/前缀]、s3+https://…；密钥请用环境变量给出。",
    ),
    "no_credentials": (
        "没有给出访问所需的账号或密钥。",
        "请设置 {missing}（密钥也可加 _FILE 后缀给出文件）。",
    ),
    "no_store": ("这里没有文枢的存储（没有 format）。", "请核对 --from、--data 或 WENSHU_STORE。"),
    "copy_unfinished": (
        "这个存储是一次没有完成的复制。",
        "请重新运行同一条 wenshu copy 命令，完成后再使用。",
    ),
    "temporary_full": (
        "临时文件夹 {folder} 写不下大的文件。",
        "请清理空间，或用 TMPDIR 指定另一个文件夹，再重新运行同一条命令。",
    ),
    "same_store": (
        "来源和目标是同一个存储，没有作任何改动。",
        "请核对 --from 和 --to：目标应为另一个空的文件夹、桶或前缀。",
    ),
    "nested_store": (
        "来源和目标一个在另一个里面，没有作任何改动。",
        "请核对 --from 和 --to，并换一个在来源之外的空文件夹、桶或前缀。",
    ),
    "target_in_use": (
        "目标中有来源没有的内容（{key}），它不是来源的副本，没有作任何改动。",
        "请换一个空的文件夹、桶或前缀。",
    ),
    "object_held": ("文件在保留期内或已被冻结，不能删除。", "保留期满或解除冻结后才能删除。"),
    "retention_shortened": ("保留期只能延长（现为 {until}）。", "请选择更晚的日期。"),
    "retain_in_past": ("保留期不能早于今天（{given}）。", "请选择今天或以后的日期。"),
    "torn_note": ("保留记录已损坏。", "请管理员从备份恢复存储目录中的 .held 文件夹。"),
    "writer_elsewhere": ("索引正由另一个进程写入。", "已保存的内容会由该进程编入索引，无需处理。"),
    "contents_unsure": (
        "检索索引正在更新，文件夹中的内容可能没有列全，本次没有更改。",
        "请稍后重试；如持续出现，请联系管理员。",
    ),
    "index_missing": ("检索索引不存在，正在自动重建。", "文件不受影响，重建期间检索结果可能不全。"),
    "index_outdated": (
        "检索索引由其他版本生成，正在自动重建。",
        "文件不受影响，重建期间检索结果可能不全。",
    ),
    "index_stale": (
        "检索索引是较早的副本，正在自动重建。",
        "文件不受影响，重建期间检索结果可能不全。",
    ),
    "index_read_only": (
        "检索索引所在的文件夹不可写，暂时不能检索。",
        "文件不受影响；请管理员检查数据目录的权限和磁盘。",
    ),
    "index_not_written": (
        "检索索引暂时无法写入。",
        "已保存的内容不会丢失，空间恢复后自动编入索引。",
    ),
    "index_newer": (
        "检索索引由更新的版本生成。",
        "请停止旧版本的进程；如需退回旧版本，请运行 wenshu rebuild。",
    ),
    "index_untrusted": (
        "检索服务的证书不受信任。",
        "请管理员核对地址，并用 WENSHU_INDEX_CA 给出签发机构的证书。",
    ),
    "index_unreachable": (
        "检索服务暂时无法连接。",
        "已保存的内容不会丢失；请稍后重试，如持续出现，请管理员检查检索服务器。",
    ),
    "index_busy": ("检索服务繁忙。", "已保存的内容不会丢失，稍后自动编入索引；检索请稍后重试。"),
    "index_denied": ("检索服务拒绝了本系统的账号。", "请管理员核对检索服务的密钥、账号和权限。"),
    "index_rejected": (
        "检索服务没有接受这次请求。",
        "请换一种问法；如持续出现，请管理员查看日志并核对检索服务的版本。",
    ),
    "documents_refused": (
        "检索索引没有接受 {count} 份文件：{records}。",
        "文件本身已保存，其他文件不受影响；请管理员查看日志中的原因。",
    ),
    "broken_off": ("重建检索索引时进程中断，原有索引继续使用。", "请再次重建。"),
    "rebuild_not_taken": (
        "没有进程接手重建检索索引。",
        "请确认服务或工作进程正在运行；正在导入时，请等导入完成。",
    ),
    "rebuild_running": ("另一个进程正在重建检索索引。", "请等待它完成，期间检索照常可用。"),
    "rebuild_incomplete": (
        "重建的检索索引不完整（写入 {put} 份，只有 {held} 份）。",
        "原有索引继续使用；请管理员检查检索服务器后，再次运行 wenshu rebuild。",
    ),
    "bad_index_prefix": (
        "“{given}”不能作为索引名称的前缀。",
        "请以小写字母开头，只用小写字母、数字、点、下划线和连字符，最多 61 个字符。",
    ),
    "no_recogniser": (
        "这台服务器没有安装文字识别组件，扫描件的文字暂不能识别。",
        "请管理员执行 make setup 安装后重新启动；待识别的文件届时自动识别。",
    ),
    "no_worker": ("文件读取进程无法启动。", "请管理员检查内存和进程数限制。"),
    "no_text_server": (
        "文本提取服务器（共 {servers} 台）均无应答，文件内容暂未读取。",
        "文件已保存，服务器恢复后自动读取；请管理员检查 Tika 服务器。",
    ),
    "bad_server_address": (
        "服务器地址“{address}”不正确。",
        "请填写形如 http://tika-1:9998 的地址，不要带用户名和参数。",
    ),
    "index_damaged": ("检索索引已损坏，正在自动重建。", "文件不受影响，重建期间检索结果可能不全。"),
    "torn_revision": (
        "记录 {record} 的第 {number} 版已损坏。",
        "请告诉系统管理员：运行 wenshu verify 查明范围，并从备份恢复；重试没有用处。",
    ),
    "torn_link": (
        "机构或账号的数据（{chain} 第 {number} 版）已损坏。",
        "请告诉系统管理员：停止服务，从备份恢复存储目录中的 chains 文件夹。",
    ),
    "damaged_file": ("附件内容与入库时不一致。", "请管理员运行 wenshu verify，并从备份恢复。"),
    "queue_needs_index": (
        "任务队列需要与 Elasticsearch 一起使用：内置索引只能由一个进程写入。",
        "请同时设置 WENSHU_INDEX，或去掉 WENSHU_QUEUE。",
    ),
    "part_silent": ("{seconds} 秒内没有答复。", "请管理员检查这项服务是否仍在运行。"),
    "no_tika": ("没有可用的文字提取服务：{detail}。", "请检查 Tika 服务；期间改用内置提取。"),
    "port_unusable": ("不能在 {address} 上监听。", "请换一个地址或端口，或停止占用它的程序。"),
    "setting_missing": ("设置了 {why}，还须设置 {name}。", "请补上后重新启动。"),
    "bad_setting": ("设置 {name} 的值“{given}”不正确。", "应为：{right}。请改正后重新启动。"),
    "bad_format": ("存储的格式号无法识别。", "请核对存储地址是否正确，或从备份恢复对象 format。"),
    "older_format": (
        "数据由较旧的版本写成（格式 {found}，本程序为 {known}）。",
        "请先停止所有服务并备份，再运行 wenshu migrate --dry-run 与 wenshu migrate。",
    ),
    "no_way": ("没有从格式 {found} 到 {known} 的升级步骤。", "请先升级到中间的版本。"),
    "newer_format": ("数据由更新的版本写成（{found}，本程序到 {known}）。", "请升级程序后再启动。"),
    "calendar_busy": ("工作日历正在被修改。", "请稍后重试。"),
    "courier_down": (
        "通知暂时发不出去（{channel}）。",
        "系统会自动重试；请管理员检查邮件或短信服务。",
    ),
    "address_refused": ("有收件地址被拒收（{channel}）。", "请提醒本人在“通知”中核对地址。"),
}
