using Crm.Platform.Imports.Csv;
using Crm.Shared.Records;

namespace Crm.Platform.Tests.Imports;

public sealed class ColumnGuessTests
{
    private static Field Text(string key, string zh, string en) => new(key, FieldType.Text, new(zh, en));

    internal static readonly RecordType Lead = new("lead", "leads", "leads_lead", new("线索", "Lead"))
    {
        Fields =
        [
            Text("name", "姓名", "Name"), Text("company", "公司", "Company"), new("phone", FieldType.Phone, new("手机", "Mobile")), new("email", FieldType.Email, new("邮箱", "Email")),
            Text("industry", "行业", "Industry"), Text("region", "地区", "Region"), Text("leadSource", "来源", "Source"), new("note", FieldType.LongText, new("备注", "Note")),
        ],
    };

    private static string? Guess(string column) => ColumnGuess.Of([column], Lead).GetValueOrDefault(column);

    [TestCase("手机号码（必填）", "phone"), TestCase("联系电话*", "phone"), TestCase("Mobile Phone", "phone"), TestCase("tel", "phone")]
    [TestCase("公司名称", "company"), TestCase("Company_Name", "company"), TestCase("account", "company"), TestCase("E-mail", "email"), TestCase("电子邮箱", "email")]
    [TestCase("lead source", "leadSource"), TestCase("origin", "leadSource"), TestCase("所属行业", "industry"), TestCase("sector", "industry"), TestCase("负责人", "owner"), TestCase("sales_agent", "owner")]
    public void Columns_are_known_by_key_label_and_synonym(string column, string field) => Guess(column).ShouldBe(field);

    [TestCase("编号"), TestCase("创建时间"), TestCase("landing_page_id"), TestCase("")]
    public void Other_columns_and_fields_written_by_the_system_are_left_out(string column) => Guess(column).ShouldBeNull();

    [Test]
    public void A_field_is_given_once_and_first_to_the_column_of_its_name() =>
        ColumnGuess.Of(["电话", "手机", "tel"], Lead).ShouldBe([new("手机", "phone")]);
}
