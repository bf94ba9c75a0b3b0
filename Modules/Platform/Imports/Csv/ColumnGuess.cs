using System.Text.RegularExpressions;
using Crm.Shared.Records;

namespace Crm.Platform.Imports.Csv;

/// <summary>Guesses which column holds which field: by key and labels first, then by words that mean the same.</summary>
internal static partial class ColumnGuess
{
    // Each line: names of one thing. A column and a field that both stand in a line are taken for the same.
    private static readonly string[][] Synonyms = [.. new[]
    {
        "姓名 名字 全名 联系人 联系人姓名 客户姓名 name fullname contact contactname contactperson leadname",
        "公司 公司名 公司名称 企业 企业名称 单位 单位名称 客户 客户名称 机构 company companyname account accountname organization organisation customer customername employer business",
        "名称 标题 主题 name title subject",
        "手机 手机号 手机号码 移动电话 电话 电话号码 联系电话 联系方式 phone mobile mobilephone phonenumber mobilenumber cell cellphone tel telephone contactnumber",
        "邮箱 电子邮箱 电子邮件 邮件 邮箱地址 email mail emailaddress",
        "职位 职务 岗位 职称 position jobtitle title job role",
        "行业 所属行业 industry sector businesssegment segment",
        "来源 线索来源 客户来源 渠道 来源渠道 source leadsource origin channel",
        "地区 区域 大区 省份 省 region area province state regionaloffice",
        "城市 市 city town",
        "国家 country officelocation nation",
        "地址 联系地址 公司地址 详细地址 address street streetaddress location",
        "网址 网站 官网 公司网址 website url homepage web site",
        "微信 微信号 wechat weixin",
        "负责人 所有者 归属人 跟进人 销售 业务员 销售代表 销售员 owner salesagent salesrep salesperson agent assignee rep",
        "阶段 商机阶段 销售阶段 stage dealstage salesstage pipelinestage",
        "状态 status state",
        "金额 商机金额 预计金额 成交金额 总金额 amount value dealvalue closevalue dealamount total",
        "预计成交日期 预计成交时间 成交日期 结单日期 关闭日期 expectedclosedate expectedclose closedate closingdate wondate closeon expectedcloseon",
        "开始日期 接洽日期 startdate engagedate firstcontactdate begindate",
        "员工数 员工人数 人数 公司规模 规模 employees employeecount headcount size companysize numberofemployees",
        "年营业额 年收入 营业额 营收 收入 revenue annualrevenue turnover",
        "成立年份 成立时间 yearestablished founded foundedyear",
        "上级客户 上级公司 母公司 parent parentaccount parentcompany subsidiaryof",
        "产品 产品名称 商品 商品名称 product productname item name",
        "产品编码 编码 编号 型号 货号 sku code productcode number model",
        "产品系列 系列 类别 分类 series category productline",
        "单价 价格 售价 标准价 目录价 unitprice price salesprice listprice",
        "数量 quantity qty count",
        "预算 budget",
        "需求 客户需求 need needs requirement requirements",
        "采购时间 时间计划 timing timeline timeframe",
        "评分 得分 分数 score leadscore rating",
        "标签 tags tag labels",
        "部门 所属部门 department unit team",
        "备注 说明 描述 详情 note notes remark remarks description comment comments memo",
        "外部编号 外部id 来源编号 externalid externalkey sourceid foreignid",
    }.Select(line => line.Split(' '))];

    /// <summary>Field key by column; each field at most once, columns without a guess left out.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyList<string> columns, RecordType type)
    {
        var fields = type.AllFields.Where(f => !f.ReadOnly && f.Type != FieldType.Lines).Select(f => (f.Key, Names: Names(f))).ToList();
        var guess = new Dictionary<string, string>();
        foreach (var meanings in new Func<string, string[]>[] { Itself, TheSame })
            foreach (var column in columns.Where(c => !guess.ContainsKey(c)))
            {
                var words = meanings(Plain(column));
                var at = fields.FindIndex(f => f.Names.Any(words.Contains));
                if (at < 0) continue;
                guess.Add(column, fields[at].Key);
                fields.RemoveAt(at);
            }
        return guess;
    }

    private static string[] Itself(string column) => [column];

    private static string[] TheSame(string column) => [.. Synonyms.Where(line => line.Contains(column)).SelectMany(line => line)];

    private static string[] Names(Field field) => [Plain(field.Key), Plain(field.Label.Zh), Plain(field.Label.En)];

    // 手机号码（必填）*, Phone_Number and phoneNumber say the same as 手机号码 and phonenumber.
    private static string Plain(string name) => Noise().Replace(CellText.Clean(name).ToLowerInvariant(), "");

    [GeneratedRegex(@"\(.*?\)|\[.*?\]|[\s_\-.:*#/]", RegexOptions.CultureInvariant)]
    private static partial Regex Noise();
}
