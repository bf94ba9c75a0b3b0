export default {
  amount: '预计金额', assign: '分配', assigned: '已分配', claim: '领取', claimed: '已领取，现在由你负责', convert: '转化', convertText: '同时建立客户、联系人和商机；线索的需求与联系方式会一并带入。', convertTitle: '转化线索：{name}', converted: '已转化为商机',
  customer: '客户', customerName: '客户名称', customerNeeded: '请选择或填写客户', existingCustomer: '已有客户', invalid: '标为无效', invalidated: '已标为无效', maybeKnown: '可能已有这个客户，点选以合并到：',
  newCustomer: '新客户', newOwner: '新负责人', note: '说明', opportunityName: '商机名称', opportunityNeeded: '请填写商机名称', opportunityOf: '{name} 商机', ownerNeeded: '请选择负责人',
  reason: '原因', reasonNeeded: '请选择原因', release: '退回公海', releaseAsk: '退回公海？', releaseText: '其他同事可以领取这条线索。', released: '已退回公海',
}
