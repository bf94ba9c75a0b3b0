using Crm.Shared.Data;

namespace Crm.Shared.Tests.Data;

public sealed class StatementTests
{
    [TestCase("INSERT INTO leads_lead (id) VALUES (@id)", "leads_lead")]
    [TestCase("UPDATE leads_lead\nSET name = @name", "leads_lead")]
    [TestCase("DELETE FROM leads_lead WHERE id = @id", "leads_lead")]
    [TestCase("DELETE FROM leads_lead", "leads_lead", Description = "was an exception: nothing follows the table")]
    [TestCase("SELECT id FROM leads_lead", "")]
    public void A_statement_knows_the_table_that_it_writes(string sql, string table) => Statement.WrittenBy(sql).ShouldBe(table);
}
