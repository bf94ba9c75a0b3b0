using Crm.Shared.Records.Filters;

namespace Crm.Shared.Tests.Records.Filters;

public sealed class SqlFilterTests
{
    private static readonly FilterContext Context = new(null, null, new(2026, 11, 21, 16, 30, 0, DateTimeKind.Utc), TimeZoneInfo.Utc);

    private static (string Where, SqlFilter Sql) Compile(string json, IFilterDialect? dialect = null)
    {
        var sql = new SqlFilter(World.Deal, "t", World.Catalogue, dialect ?? new SqliteFilterDialect(), Context);
        return (sql.Where(FilterParser.Parse(json, World.Deal, World.Catalogue)), sql);
    }

    [Test]
    public void A_plain_condition_stays_plain_so_that_indexes_serve_it()
    {
        var (where, sql) = Compile("""{"and":[{"field":"bSelect","op":"eq","value":"red"},{"field":"bMoney","op":"gte","value":1.5}]}""");
        where.ShouldBe("(t.b_select = @f0 AND t.b_money >= @f1)");
        sql.Parameters["f1"].ShouldBe(15_000L);
        sql.Joins.ShouldBe("");
    }

    [Test]
    public void Under_not_an_empty_field_is_guarded() =>
        Compile("""{"not":{"field":"bInteger","op":"gt","value":1}}""").Where.ShouldBe("NOT ((t.b_integer IS NOT NULL AND t.b_integer > @f0))");

    [Test]
    public void Each_reference_is_joined_once()
    {
        var (where, sql) = Compile("""{"or":[{"field":"customer.owner.name","op":"eq","value":"x"},{"field":"customer.bText","op":"empty"},{"field":"customer.owner.unit","op":"empty"}]}""");
        where.ShouldBe("(t_j1.name COLLATE NOCASE = @f0 OR (t_j0.b_text IS NULL OR t_j0.b_text = '') OR t_j1.unit_id IS NULL)");
        sql.Joins.ShouldBe("LEFT JOIN test_customer t_j0 ON t_j0.id = t.customer_id\nLEFT JOIN test_user t_j1 ON t_j1.id = t_j0.owner_id");
    }

    [Test]
    public void Two_filters_share_joins_and_never_parameter_names()
    {
        var sql = new SqlFilter(World.Deal, "t", World.Catalogue, new SqliteFilterDialect(), Context);
        var filter = FilterParser.Parse("""{"field":"customer.bInteger","op":"eq","value":1}""", World.Deal, World.Catalogue);
        sql.Where(filter).ShouldBe("t_j0.b_integer = @f0");
        sql.Where(filter).ShouldBe("t_j0.b_integer = @f1");
        sql.Joins.ShouldBe("LEFT JOIN test_customer t_j0 ON t_j0.id = t.customer_id");
    }

    [Test]
    public void SQL_Server_reads_custom_fields_with_its_own_functions()
    {
        var dialect = new SqlServerFilterDialect();
        Compile("""{"field":"cMoney","op":"lt","value":2}""", dialect).Where.ShouldBe("""TRY_CONVERT(BIGINT, JSON_VALUE(t.custom, '$."cMoney"')) < @f0""");
        Compile("""{"field":"cMultiSelect","op":"contains","value":"red"}""", dialect).Where
            .ShouldBe("""EXISTS (SELECT 1 FROM OPENJSON(JSON_QUERY(t.custom, '$."cMultiSelect"')) e WHERE e.value = @f0)""");
        Compile("""{"field":"bText","op":"contains","value":"[50%]_"}""", dialect).Sql.Parameters["f0"].ShouldBe(@"%\[50\%]\_%");
    }

    [Test]
    public void Columns_get_their_stored_form()
    {
        var id = new Guid("00112233-4455-6677-8899-aabbccddeeff");
        foreach (IFilterDialect dialect in new IFilterDialect[] { new SqliteFilterDialect(), new SqlServerFilterDialect() })
        {
            dialect.ToDb(id).ShouldBe(Convert.FromHexString("00112233445566778899aabbccddeeff"));
            dialect.ToDb(1.2345m).ShouldBe(12_345L);
        }
        new SqliteFilterDialect().ToDb(new DateTime(2026, 1, 2, 3, 4, 5, 6, DateTimeKind.Utc)).ShouldBe("2026-01-02 03:04:05.006");
        new SqliteFilterDialect().ToDb(new DateOnly(2026, 1, 2)).ShouldBe("2026-01-02");
        new SqliteFilterDialect().ToDb(true).ShouldBe(1L);
    }
}
