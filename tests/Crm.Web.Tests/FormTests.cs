using System.Text.RegularExpressions;
using Crm.Shared.Access;
using Crm.Testing;
using Microsoft.Playwright;

namespace Crm.Web.Tests;

/// <summary>What is typed is never lost: not by a refusal, not by a colleague who saves first, not by a sign-in that ends.</summary>
[TestFixture]
internal sealed class FormTests : WebFixture
{
    [Test]
    public async Task A_new_lead_that_is_refused_keeps_what_was_typed_and_says_why_at_its_field()
    {
        var (page, form) = await NewLeadAsync("冯小满", "满星仪器");
        var more = form.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("更多字段") });
        await more.ClickAsync();
        var budget = form.GetByLabel("预算", new() { Exact = true });
        await Expect(budget).ToBeVisibleAsync();
        await budget.FillAsync("1000000000000000");
        await more.ClickAsync();
        await Expect(budget).ToBeHiddenAsync();
        await Button(form, "保存").ClickAsync();

        // Folded away or not: where something is wrong, it is shown.
        await Expect(Item(form, "预算").GetByText("不能大于")).ToBeVisibleAsync();
        await Expect(budget).ToHaveValueAsync("1,000,000,000,000,000");
        await Expect(form.GetByLabel("姓名", new() { Exact = true })).ToHaveValueAsync("冯小满");
        await Expect(form.GetByLabel("公司", new() { Exact = true })).ToHaveValueAsync("满星仪器");
        await budget.FillAsync("90000");
        await Button(form, "保存").ClickAsync();
        await Expect(form).ToHaveCountAsync(0);
        (await LeadsAsync("满星仪器")).ShouldBe(1);
    }

    [Test]
    public async Task A_quote_that_is_refused_keeps_what_was_typed_and_says_why_at_its_field()
    {
        var (quote, page) = await OpenQuoteAsync("被拒报价");
        var (title, terms, lines) = (page.GetByLabel("标题", new() { Exact = true }), page.GetByLabel("条款", new() { Exact = true }), page.GetByRole(AriaRole.Region, new() { Name = "产品明细" }));
        await Expect(title).ToHaveValueAsync("被拒报价");
        await title.FillAsync("");
        await terms.FillAsync("货到付款");
        await lines.GetByLabel("数量").FillAsync("7");
        await Button(page, "保存").ClickAsync();

        await Expect(page.Locator(".quote-field", new() { Has = title }).GetByRole(AriaRole.Alert)).ToHaveTextAsync(new Regex("必填"));
        await Expect(terms).ToHaveValueAsync("货到付款");
        await Expect(lines.GetByLabel("数量")).ToHaveValueAsync("7");
        await title.FillAsync("改好的报价");
        await lines.GetByLabel("数量").FillAsync("");
        await Button(page, "保存").ClickAsync();
        await Expect(lines.GetByRole(AriaRole.Alert)).ToHaveTextAsync(new Regex("必填"));
        await lines.GetByLabel("数量").FillAsync("7");
        await Button(page, "保存").ClickAsync();
        await Expect(Button(page, "撤销改动")).ToHaveCountAsync(0);
        var saved = await Company.Crm.Admin.GetJson($"quotes/{quote}");
        (saved.GetProperty("title").GetString(), saved.GetProperty("terms").GetString(), saved.GetProperty("lines")[0].GetProperty("quantity").GetDecimal()).ShouldBe(("改好的报价", "货到付款", 7m));
    }

    [Test]
    public async Task Whoever_saves_second_sees_what_the_first_changed_and_decides_field_by_field()
    {
        var lead = await Company.LeadAsync("何双双", "双河电气");
        var (page, form) = await EditLeadAsync(lead);
        await form.GetByLabel("公司", new() { Exact = true }).FillAsync("双河电气（集团）");
        await form.GetByLabel("职务", new() { Exact = true }).FillAsync("采购总监");
        await form.GetByLabel("微信", new() { Exact = true }).FillAsync("hess");
        await Company.Crm.Admin.PatchJson($"leads/{lead}", new { company = "双河电气股份", title = "采购经理", need = "先谈维保" });
        await Button(form, "保存").ClickAsync();

        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "修改有冲突" });
        await Expect(dialog.GetByText("管理员 刚刚也修改了这条记录")).ToBeVisibleAsync();
        var (company, title) = (dialog.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("^公司") }), dialog.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("^职务") }));
        await Expect(company).ToContainTextAsync("双河电气股份");
        await Expect(company).ToContainTextAsync("双河电气（集团）");
        await Expect(title).ToContainTextAsync("采购经理");
        await Expect(dialog.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);

        await Button(dialog, "继续编辑").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(form.GetByLabel("公司", new() { Exact = true })).ToHaveValueAsync("双河电气（集团）");
        await Button(form, "保存").ClickAsync();
        await title.GetByRole(AriaRole.Radio).Nth(1).CheckAsync();
        await Button(dialog, "保存选择").ClickAsync();
        await Expect(form).ToHaveCountAsync(0);
        var saved = await Company.Crm.Admin.GetJson($"leads/{lead}");
        new[] { "company", "title", "wechat", "need" }.Select(f => saved.GetProperty(f).GetString()).ShouldBe(["双河电气（集团）", "采购经理", "hess", "先谈维保"]);
    }

    [Test]
    public async Task A_sign_in_that_ends_while_somebody_types_costs_nothing_that_was_typed()
    {
        var (page, form) = await NewLeadAsync("卫长安", "长安泵业");
        await page.Context.ClearCookiesAsync();
        await Button(form, "保存").ClickAsync();
        await SignInAgainAsync(page);
        await Expect(form).ToHaveCountAsync(0);
        (await LeadsAsync("长安泵业")).ShouldBe(1);
    }

    [Test]
    public async Task A_sign_in_that_ends_while_a_quote_is_edited_costs_nothing_that_was_typed()
    {
        var (quote, page) = await OpenQuoteAsync("过期报价");
        var terms = page.GetByLabel("条款", new() { Exact = true });
        await terms.FillAsync("预付三成");
        await page.Context.ClearCookiesAsync();
        // The live total asks the server as soon as this is typed.
        await page.GetByRole(AriaRole.Region, new() { Name = "产品明细" }).GetByLabel("数量").FillAsync("9");
        await SignInAgainAsync(page);
        await Expect(terms).ToHaveValueAsync("预付三成");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "产品明细" }).GetByLabel("数量")).ToHaveValueAsync("9");
        await Button(page, "保存").ClickAsync();
        await Expect(Button(page, "提交")).ToBeVisibleAsync();
        (await Company.Crm.Admin.GetJson($"quotes/{quote}")).GetProperty("terms").GetString().ShouldBe("预付三成");
    }

    [Test]
    public async Task A_lead_is_converted_once_by_who_presses_twice()
    {
        var lead = await Company.LeadAsync("褚急", "急速物流");
        var page = await OpenAsAsync(Company.Manager);
        await page.GotoAsync($"/leads/{lead}");
        await Expect(page.GetByText("跟进中").First).ToBeVisibleAsync();
        Complaints.Clear();
        // The first press is not answered before the second one was made: a fast host hid that the lead, read again, closed the dialog before it had led on.
        var pressed = new TaskCompletionSource();
        var asked = 0;
        await page.RouteAsync("**/convert", async route =>
        {
            asked++;
            await pressed.Task;
            await route.ContinueAsync();
        });
        await Button(page, "转化").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("商机名称")).ToHaveValueAsync("急速物流 商机");
        await Button(dialog, "转化").DblClickAsync();
        pressed.SetResult();
        await page.WaitForURLAsync(new Regex("/opportunities/[0-9a-f-]{36}$"));
        await Expect(dialog).ToHaveCountAsync(0);
        asked.ShouldBe(1);
        Complaints.ShouldBeEmpty();
        (await Company.Crm.Admin.GetJson($$"""opportunities/count?filter={"field":"name","op":"eq","value":"急速物流 商机"}""")).GetProperty("count").GetInt32().ShouldBe(1);
    }

    // A rule for text was held against switches and numbers: nobody could be hired, nothing priced.
    [Test]
    public async Task What_is_required_and_no_text_can_be_given()
    {
        var page = await OpenAsAsync(await Company.Crm.UserAsync("钱主管", Company.Crm.RootUnit, BuiltInRole.Administrator));
        await page.GotoAsync("/products");
        await Button(page, "新建").ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog, new() { Name = "新建产品" });
        await Button(form, "保存").ClickAsync();
        await Expect(Item(form, "标准价").GetByText("请填写标准价")).ToBeVisibleAsync();
        await form.GetByLabel("产品名称", new() { Exact = true }).FillAsync("分度头");
        await form.GetByLabel("标准价", new() { Exact = true }).FillAsync("1200");
        await Expect(Item(form, "标准价").GetByText("请填写标准价")).ToBeHiddenAsync();
        await Button(form, "保存").ClickAsync();
        await Expect(form).ToHaveCountAsync(0);

        await page.GotoAsync("/admin/users");
        await Button(page, "新增用户").ClickAsync();
        form = page.GetByRole(AriaRole.Dialog, new() { Name = "新建用户" });
        // A drawer that has come in gives its first field the focus, and would take it from an open list.
        await Expect(form.GetByLabel("姓名", new() { Exact = true })).ToBeFocusedAsync();
        await form.GetByLabel("姓名", new() { Exact = true }).FillAsync("新同事");
        await form.GetByLabel("邮箱", new() { Exact = true }).FillAsync("colleague@example.com");
        await form.GetByLabel("部门", new() { Exact = true }).PickFirstAsync();
        await Button(form, "保存").ClickAsync();
        await Expect(form).ToHaveCountAsync(0);
        (await Company.Crm.Admin.GetJson("""users/count?filter={"field":"email","op":"eq","value":"colleague@example.com"}""")).GetProperty("count").GetInt32().ShouldBe(1);
    }

    [Test]
    public async Task A_mail_template_is_written_with_fields_that_are_picked_and_a_code_that_nobody_invents()
    {
        var page = await OpenAsAsync(Company.Ops);
        await page.GotoAsync("/mailTemplates");
        await Button(page, "新建").ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog, new() { Name = "新建邮件模板" });
        await Expect(form.GetByLabel("名称", new() { Exact = true })).ToBeFocusedAsync();
        await form.GetByLabel("名称", new() { Exact = true }).FillAsync("展会后跟进");
        await form.GetByLabel("对象", new() { Exact = true }).PickAsync("客户");
        await form.GetByLabel("主题", new() { Exact = true }).FillAsync("您好，");
        await form.GetByRole(AriaRole.Button, new() { Name = "插入字段: 主题" }).ClickAsync();
        await page.GetByLabel("查找字段").FillAsync("客户名称");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "客户名称", Exact = true })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(form.GetByLabel("主题", new() { Exact = true })).ToHaveValueAsync("您好，{{name}}");
        await form.GetByLabel("正文", new() { Exact = true }).FillAsync("感谢莅临展位。");
        await Button(form, "保存").ClickAsync();
        await Expect(form).ToHaveCountAsync(0);
        var made = (await Company.Crm.Admin.GetJson("""mailTemplates?filter={"field":"name","op":"eq","value":"展会后跟进"}""")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (made.GetProperty("subject").GetString(), made.GetProperty("about").GetString()).ShouldBe(("您好，{{name}}", "customer"));
        made.GetProperty("code").GetString()!.ShouldStartWith("mailtemplate-");
        Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task A_field_is_added_by_its_name_and_stands_in_forms_at_once()
    {
        var page = await OpenAsAsync(await Company.Crm.UserAsync("孙主管", Company.Crm.RootUnit, BuiltInRole.Administrator));
        await page.GotoAsync("/admin/fields?type=contact");
        await Button(page, "新增字段").ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog);
        await form.GetByLabel("名称", new() { Exact = true }).FillAsync("生日礼物");
        await Button(form, "保存").ClickAsync();
        await Expect(form).ToHaveCountAsync(0);
        await page.GotoAsync("/contacts");
        await Button(page, "新建").ClickAsync();
        await Expect(form.GetByLabel("生日礼物")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task A_file_that_is_no_CSV_is_refused_with_a_reason_that_stays()
    {
        var page = await OpenAsAsync(Company.Ops);
        await page.GotoAsync("/imports/new");
        await Expect(page.GetByText("点击或把 CSV 文件拖到这里")).ToBeVisibleAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "a.csv", MimeType = "text/csv", Buffer = [0, 1, 2, 3, 255, 254, 0, 0] });
        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Alert)).ToHaveTextAsync("这不是 CSV 文本文件。Excel 文件请先另存为 CSV。");
    }

    private async Task<(Guid Quote, IPage Page)> OpenQuoteAsync(string title)
    {
        var quote = await Company.QuoteAsync(title, discount: 5);
        var page = await OpenAsAsync(Company.Rep);
        await page.GotoAsync($"/quotes/{quote}");
        return (quote, page);
    }

    private async Task SignInAgainAsync(IPage page)
    {
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "登录已过期" });
        await dialog.GetByLabel("密码").FillAsync(TestCrm.Password);
        await Button(dialog, "登录").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    private async Task<(IPage, ILocator Form)> NewLeadAsync(string name, string company)
    {
        var page = await OpenAsAsync(Company.Rep);
        await page.GotoAsync("/leads");
        await Button(page, "新建").ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog, new() { Name = "新建线索" });
        await form.GetByLabel("姓名", new() { Exact = true }).FillAsync(name);
        await form.GetByLabel("公司", new() { Exact = true }).FillAsync(company);
        return (page, form);
    }

    private async Task<(IPage, ILocator Form)> EditLeadAsync(Guid lead)
    {
        var page = await OpenAsAsync(Company.Manager);
        await page.GotoAsync($"/leads/{lead}");
        await Expect(page.GetByText("跟进中").First).ToBeVisibleAsync();
        await Button(page, "编辑").ClickAsync();
        var form = page.GetByRole(AriaRole.Dialog, new() { NameRegex = new Regex("^编辑") });
        await Expect(form).ToBeVisibleAsync();
        return (page, form);
    }

    private async Task<int> LeadsAsync(string company) =>
        (await Company.Crm.Admin.GetJson($$"""leads/count?filter={"field":"company","op":"eq","value":"{{company}}"}""")).GetProperty("count").GetInt32();

    private static ILocator Item(ILocator form, string label) => form.Locator(".ant-form-item", new() { Has = form.Page.GetByText(label, new() { Exact = true }) });
    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"(^|\\s){name}$") });
    private static ILocator Button(ILocator part, string name) => part.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"(^|\\s){name}$") });
}
