export default {
  add: '新增配额', allSops: '全部流程', atThisTime: '此刻', anyClass: '全部类别', anyOwner: '全部', approvals: '审批用时', approver: '审批人', 
  attempts: '处理记录', cancelN: '取消 {n} 个运行？', clearFilter: '清除筛选', custom: '自定义', days7: '7 天', days30: '30 天', days90: '90 天', 
  edit: '修改后重试', editHint: '只对选中的运行生效，流程本身不变。', editTitle: '修改输入后重试', failedThere: '失败过', tookThere: '在此步骤至少用了 {time}', tookAtLeast: '至少用了 {time}', slowerHalf: '查看较慢的一半', slowestTenth: '查看最慢的一成', failures: '失败 {n} 次', figures: '统计', flowNow: '当前位置', flowNowText: '数字是此刻停在该步骤的运行数',
  fromTo: '开始于 {from} 至 {to}', give: '指派', giveTitle: '指派处理人', givenTo: '处理人', hide: '收起', inPeriod: '所选时间内', incidents: '异常', incidentsNow: '待处理异常', lastBegins: '最晚 {at} 开始',
  late: '逾期', lateTasks: '逾期任务', limited: '运行很多：统计从 {at} 开始的运行。', median: '中位数', mendOk: '成功', mendResult: '处理结果', mendSome: '{done} 个成功，{left} 个未成功', mine: '我的', more: '更多', most: '上限', mostAtLeast: '至少 {n}', noAttempts: '没有记录',
  noIncidents: '所选时间内没有异常', noLate: '没有逾期任务', noQuotas: '没有配额', noQuotasText: '配额限制一段时间内开始的运行数。超出的只会推迟，不会丢失；人发起的排在批量之前。', noSteps: '所选时间内没有运行', oldest: '最久 {at}', open: '进行中', openRuns: '进行中', outcomes: '结果', overdue: '有逾期任务',
  owner: '负责人', p90: '90 分位', per: '周期', per_day: '每天', per_hour: '每小时', per_minute: '每分钟', person: '人员', perText_day: '每天最多 {n} 次', perText_hour: '每小时最多 {n} 次', perText_minute: '每分钟最多 {n} 次', quotas: '配额', range: '范围', reassign: '换人', reassignTitle: '换人处理', reassigned: '已换人', removeAsk: '删除这个配额？', removeText: '正在等待的运行会马上开始。',
  remove: '删除', runs: '运行', runsBehind: '查看这些运行', runsOverTime: '每天开始的运行', select: '选择 {name}', selectAll: '选择全部', selected: '已选 {n} 个', show: '查看 {n} 个', skipN: '跳过 {n} 个运行的这一步？', stage: '环节', standing: '停在', step: '步骤', stepTimes: '各步骤用时', stillOpen: '{n} 个待处理',
  thisSop: '此流程', took: '运行用时', toRun: '打开运行', total: '运行数', unit: '部门', unitBelow: '含下级部门', untilDone: '从开始到完成', urge: '催办', urged: '已催办', used: '本周期已用', version: '版本', visits: '次数', waiting: '等待', waitingN: '{n} 个等待', way: '结果：{way}', whole: '不限部门', withStage: '环节：{stage}', ofStep: '经过：{step}', atStep: '停在：{step}', hadIncident: '有过异常：{kind}', ofPerson: '人员', changeQuota: '修改配额',
  seconds: '{n} 秒', minutes: '{n} 分钟', hours: '{n} 小时', daysLong: '{n} 天', quotaWait: '等待配额', 
}
