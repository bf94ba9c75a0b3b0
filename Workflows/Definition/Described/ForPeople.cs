using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition.Described;

/// <summary>Descriptions of the steps for people.</summary>
internal static class ForPeople
{
    private static StepInput Key(string zh = "标识", string en = "Key") => new("key", InputType.Text, new(zh, en)) { Required = true };
    private static StepInput Label(bool required) => new("label", InputType.Label, new("名称", "Label")) { Required = required };

    public static readonly StepDescription Task = new("task", StepGroup.People, new("任务", "Task"),
        new("请 {assignee} 完成任务“{title}”，期限 {due}", "Give {assignee} the task {title}, due {due}"),
        new("请负责人一个工作小时内首次联系客户", "The owner contacts the lead within one working hour"))
    {
        Inputs =
        [
            new("assignee", InputType.People, new("负责人", "Assignee")) { Required = true },
            new("title", InputType.Template, new("标题", "Title")) { Required = true },
            new("script", InputType.Template, new("话术与说明", "Script")),
            new("form", InputType.List, new("表单", "Form"))
            {
                Items =
                [
                    Key(),
                    new("field", InputType.Field, new("写入字段", "Written to the field")),
                    new("type", InputType.Select, new("类型", "Type")) { Options = [.. Enum.GetNames<FieldType>().Select(t => new Choice(char.ToLowerInvariant(t[0]) + t[1..], new(t, t)))] },
                    Label(false),
                    new("required", InputType.Boolean, new("必填", "Required")),
                    new("options", InputType.List, new("选项", "Options")) { Items = [Key(), Label(true), new("color", InputType.Text, new("颜色", "Colour"))] },
                    new("help", InputType.Label, new("提示", "Help")),
                ],
            },
            new("checklist", InputType.List, new("检查清单", "Checklist")) { Items = [Key(), Label(true), new("required", InputType.Boolean, new("必须", "Required"))] },
            new("outcomes", InputType.List, new("结果按钮", "Outcome buttons"))
            {
                Items =
                [
                    Key(),
                    Label(true),
                    new("style", InputType.Select, new("样式", "Style")) { Default = "default", Options = [new("default", new("普通", "Default")), new("primary", new("主要", "Primary")), new("danger", new("危险", "Danger"))] },
                    new("requires", InputType.Json, new("此时必填", "Requires")),
                    new("asks", InputType.Json, new("仅此时询问", "Asked only here")),
                    new("skipsForm", InputType.Boolean, new("不要求表单", "Form not required")),
                ],
            },
            new("due", InputType.Moment, new("期限", "Due")),
            new("reminders", InputType.Json, new("到期前提醒", "Reminders before")),
            new("escalations", InputType.List, new("超时处理", "When late"))
            {
                Items =
                [
                    new("after", InputType.Duration, new("超时后", "After")) { Required = true },
                    new("do", InputType.Select, new("处理", "Do"))
                    {
                        Default = "notify",
                        Options = [new("notify", new("通知", "Notify")), new("superior", new("转给上级", "Pass to the superior")), new("reassign", new("改派", "Reassign")), new("complete", new("自动完成", "Complete"))],
                    },
                    new("to", InputType.People, new("给谁", "To")),
                    new("outcome", InputType.Text, new("结果", "Outcome")),
                ],
            },
        ],
        Outputs =
        [
            new("assignee", FieldType.Reference, new("完成人", "Completed by")) { References = "user" },
            new("answers", FieldType.Json, new("回答", "Answers")),
        ],
    };

    public static readonly StepDescription Approval = new("approval", StepGroup.People, new("审批", "Approval"),
        new("审批“{title}”", "Approval {title}"), new("折扣超出权限时由上级审批", "A discount over the rep's authority goes to the superior"))
    {
        Inputs =
        [
            new("title", InputType.Template, new("标题", "Title")) { Required = true },
            new("stages", InputType.List, new("阶段", "Stages"))
            {
                Required = true,
                Items =
                [
                    Key(),
                    Label(false),
                    new("when", InputType.Condition, new("仅当", "Only when")),
                    new("approvers", InputType.People, new("审批人", "Approvers")) { Required = true },
                    new("mode", InputType.Select, new("方式", "Mode"))
                    {
                        Default = "any",
                        Options = [new("any", new("或签", "Any one")), new("all", new("会签", "All")), new("sequence", new("依次", "In sequence")), new("vote", new("票签", "Weighted vote"))],
                    },
                    new("threshold", InputType.Integer, new("通过比例 %", "Threshold %")) { Default = 50, Min = 1, Max = 100 },
                    new("weights", InputType.Json, new("权重", "Weights by role")),
                    new("due", InputType.Moment, new("期限", "Due")),
                    new("remind", InputType.Integer, new("催办次数", "Reminders")) { Min = 0, Max = 20 },
                    new("remindEvery", InputType.Duration, new("催办间隔", "Time between")),
                    new("whenLate", InputType.Select, new("超时", "When late"))
                    {
                        Default = "nothing",
                        Options = [new("nothing", new("不处理", "Nothing")), new("escalate", new("升级", "Escalate")), new("approve", new("同意", "Approve")), new("reject", new("驳回", "Reject"))],
                    },
                    new("escalateTo", InputType.People, new("升级给", "Escalate to")),
                ],
            },
            new("fields", InputType.Fields, new("锁定的字段", "Fields approved")),
            new("initiator", InputType.People, new("发起人", "Initiator")),
            new("initiatorIsApprover", InputType.Select, new("审批人是发起人时", "Approver is the initiator"))
            {
                Default = "superior",
                Options = [new("allow", new("允许", "Allow")), new("skip", new("跳过", "Skip")), new("superior", new("由其上级", "Their superior")), new("departmentHead", new("由部门负责人", "Department head"))],
            },
            new("afterReturn", InputType.Select, new("退回后", "After a return"))
            {
                Default = "restart",
                Options = [new("restart", new("重新审批", "Restart")), new("straightBack", new("直接回到退回人", "Straight back"))],
            },
            new("returnToInitiator", InputType.Select, new("退回发起人", "Return to initiator"))
            {
                Default = "wait",
                Options = [new("wait", new("等待重新提交", "Wait for resubmission")), new("end", new("结束审批", "End the approval"))],
            },
            new("copies", InputType.People, new("抄送", "Copies to")),
            new("forbidden", InputType.MultiSelect, new("不允许", "Not allowed"))
            {
                Options =
                [
                    new("return", new("退回", "Return")), new("transfer", new("转办", "Transfer")), new("delegate", new("委派", "Delegate")),
                    new("addSigner", new("加签", "Add signer")), new("takeBack", new("拿回", "Take back")), new("withdraw", new("撤销", "Withdraw")),
                ],
            },
        ],
        Outputs =
        [
            new("decidedBy", FieldType.Reference, new("最后审批人", "Last decided by")) { References = "user" },
            new("comment", FieldType.LongText, new("最后意见", "Last comment")),
        ],
        Outcomes =
        [
            new("approved", new("通过", "Approved")), new("rejected", new("驳回", "Rejected")), new("returned", new("退回", "Returned")),
            new("withdrawn", new("撤销", "Withdrawn")), new("voided", new("作废", "Voided")),
        ],
    };
}
