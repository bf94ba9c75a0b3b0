export default {
  accept: '客户接受', addLine: '添加产品', amount: '金额', authorityLegend: '最大折扣 {given}，本人权限 {own}，上级权限 {level2}', board: '看板', boardNote: '进行中 {n} 个，{amount}', card: '商机卡片，可拖动', closeDate: '预计成交',
  columnEmpty: '把商机拖到这里', conditions: '条件与条款', copy: '复制', decline: '客户拒绝', did_accept: '已记录客户接受', did_copy: '已复制为新草稿', did_decline: '已记录客户拒绝', did_pending: '已提交，等待审批', did_send: '已标记为发出', did_submit: '已在你的权限内批准', discount: '整单折扣', effectiveDiscount: '对标准价折扣',
  lines: '产品明细', list: '列表', lostNeeded: '请选择输单原因', lostNote: '补充说明', lostOk: '确认输单', lostReason: '输单原因', lostTitle: '输单：{name}', makeQuote: '新建报价', margin: '毛利率',
  needs_director: '需上级和销售总监审批', needs_none: '在你的折扣权限内，提交即批准', needs_superior: '超出你的权限，需直属上级审批', noLines: '还没有产品', pendingNote: '审批中，内容已锁定。要修改请先撤回审批。', products: '产品',
  removeLine: '移除第 {n} 行', reopenAsk: '修改这份报价？', reopenText: '内容改动后它会变回草稿，需要重新提交。', send: '标记为已发出', shape: '显示方式', stages: '销售阶段', submit: '提交', submitForApproval: '提交审批', subtotal: '小计', tax: '税额', total: '含税总额', totals: '合计', undo: '撤销改动',
  said: '{name}：{comment}', seeApproval: '查看审批', withdrawAsk: '撤回这个报价的审批？', withdrawText: '审批人将不再处理，报价解除锁定，可修改后重新提交。',
}
