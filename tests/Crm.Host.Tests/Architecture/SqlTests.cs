using System.Text.RegularExpressions;

namespace Crm.Host.Tests.Architecture;

/// <summary>SQL stays in the subset that both engines share; what differs stands in the dialects and nowhere else.</summary>
internal sealed partial class SqlTests
{
    private static readonly string[] Apart = ["SqliteDialect.cs", "SqlServerDialect.cs", "SqliteFilterDialect.cs", "SqlServerFilterDialect.cs", "Dialect.cs", "Migrator.cs", "SweepSchedule.cs", "ConnectionShelf.cs"];

    private static IEnumerable<(string At, string Line)> Lines =>
        from project in Code.Projects
        from file in Directory.GetFiles(project.Folder, "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/") && !file.Contains("/node_modules/") && !Apart.Contains(Path.GetFileName(file))
        from line in File.ReadAllLines(file).Select((text, i) => (Text: text, Number: i + 1))
        where Sql().IsMatch(line.Text)
        select ($"{Path.GetRelativePath(Code.Root, file)}:{line.Number}", line.Text);

    [Test]
    public void No_statement_speaks_the_language_of_one_engine() => Lines.Where(l => OneEngine().IsMatch(l.Line)).Select(l => $"{l.At} {l.Line.Trim()}").ShouldBeEmpty();

    [Test]
    public void Texts_that_are_not_ASCII_are_parameters() => Lines.Where(l => Foreign().IsMatch(l.Line)).Select(l => $"{l.At} {l.Line.Trim()}").ShouldBeEmpty();

    [Test]
    public void Most_statements_are_looked_at() => Lines.Count().ShouldBeGreaterThan(300);

    [GeneratedRegex(@"\b(SELECT [a-z@{(*1]|INSERT INTO|UPDATE [a-z{]|DELETE FROM|FROM [a-z]+_|WHERE [a-z({@]|ORDER BY|GROUP BY|VALUES \()")]
    private static partial Regex Sql();

    [GeneratedRegex(@"\bLIMIT\b|\bOFFSET\b|\bFETCH\b|\bTOP\b|\bIFNULL\b|\bISNULL\b|\bRETURNING\b|\bOUTPUT\b|INSERT OR|ON CONFLICT|\bMERGE\b|\bPRAGMA\b|\bGLOB\b|\bREGEXP\b|\bWITH \(|IS DISTINCT|\b(strftime|julianday|datetime|substr|unhex|randomblob|printf|json_\w+|JSON_\w+|OPENJSON|LENGTH|LEN|CHARINDEX|instr|DATEADD|DATEDIFF|GETDATE|GROUP_CONCAT|STRING_AGG|TRUE|FALSE)\(|'\s*\|\||\|\|\s*'|= (TRUE|FALSE)\b")]
    private static partial Regex OneEngine();

    [GeneratedRegex(@"'[^'""]*[^\x00-\x7f'""][^'""]*'")]
    private static partial Regex Foreign();
}
