using System.Text;
using Crm.Platform.Imports.Csv;
using Crm.Shared.Problems;

namespace Crm.Platform.Tests.Imports;

public sealed class CsvFileTests
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private static MemoryStream File(string text, Encoding? encoding = null) => new([.. (encoding ?? new UTF8Encoding(false)).GetPreamble(), .. (encoding ?? new UTF8Encoding(false)).GetBytes(text)]);

    private static (IReadOnlyList<string> Columns, CsvRow[] Rows) Read(string text)
    {
        using var stream = File(text);
        using var file = new CsvFile(stream, CsvFormatDetector.Detect(stream));
        return (file.Columns, [.. file.Rows()]);
    }

    private static CsvFormat Detect(string text, Encoding? encoding = null)
    {
        using var stream = File(text, encoding);
        return CsvFormatDetector.Detect(stream);
    }

    [Test]
    public void Encodings_are_told_apart()
    {
        const string text = "姓名,公司\n张三,北京科技有限公司\n";
        foreach (var (encoding, name) in new (Encoding, string)[] { (new UTF8Encoding(false), "utf-8"), (new UTF8Encoding(true), "utf-8"), (Gb18030, "gb18030"), (Encoding.Unicode, "utf-16"), (Encoding.BigEndianUnicode, "utf-16BE") })
        {
            using var stream = File(text, encoding);
            var format = CsvFormatDetector.Detect(stream);
            format.Encoding.ShouldBe(name);
            using var file = new CsvFile(stream, format);
            file.Columns.ShouldBe(["姓名", "公司"]);
            file.Rows().Single().Cells.ShouldBe(["张三", "北京科技有限公司"]);
        }
    }

    [Test]
    public void The_encoding_is_judged_by_the_whole_file() =>
        Detect("name,city\n" + string.Concat(Enumerable.Repeat("plain,ascii\n", 20_000)) + "张三,北京\n", Gb18030).Encoding.ShouldBe("gb18030");

    [Test]
    public void A_damaged_character_is_an_error_of_its_row_only()
    {
        var bytes = Encoding.UTF8.GetBytes("姓名,公司\n张三,北京科技有限公司\n李四,上海贸易有限公司\n");
        bytes[Array.LastIndexOf(bytes, (byte)',') + 1] = 0xFF;
        using var stream = new MemoryStream(bytes);
        var format = CsvFormatDetector.Detect(stream);
        format.Encoding.ShouldBe("utf-8");
        using var file = new CsvFile(stream, format);
        file.Rows().Select(r => r.Error?.Code).ShouldBe([null, "import.badCharacter"]);
    }

    [TestCase(','), TestCase(';'), TestCase('\t'), TestCase('|')]
    public void Delimiters_are_told_apart(char delimiter) =>
        Detect($"name{delimiter}note{delimiter}city\nA{delimiter}\"x, y; z | w\"{delimiter}B\nC{delimiter}d,e{delimiter}F\n").Delimiter.ShouldBe(delimiter);

    [Test]
    public void A_line_of_Excel_names_the_delimiter()
    {
        var (columns, rows) = Read("sep=;\r\nname;city\r\nA,B;C\r\n");
        columns.ShouldBe(["name", "city"]);
        rows.Single().Cells.ShouldBe(["A,B", "C"]);
    }

    [TestCase("name,phone\nA,1", true), TestCase("张三,13800000000\n李四,13900000000", false), TestCase("Acme,2026-01-02\nBeta,2026-01-03", false)]
    [TestCase("a@b.cn,Acme\nc@d.cn,Beta", false), TestCase("x,x\na,b", false)]
    public void A_header_is_told_from_data(string text, bool header) => Detect(text).Header.ShouldBe(header);

    [Test]
    public void Without_header_columns_are_numbered_and_the_first_row_is_data()
    {
        var (columns, rows) = Read("张三,13800000000\n李四,13900000000\n");
        columns.ShouldBe(["#1", "#2"]);
        rows.Select(r => r.Cells[0]).ShouldBe(["张三", "李四"]);
    }

    [Test]
    public void Unnamed_and_equal_columns_get_names_of_their_own()
    {
        using var stream = File("name,,Name,name,,\nA,B,C,D,,\n");
        using var file = new CsvFile(stream, new("utf-8", ',', true));
        file.Columns.ShouldBe(["name", "#2", "Name (2)", "name (3)"]);
        file.Rows().Single().Cells.ShouldBe(["A", "B", "C", "D"]);
    }

    [Test]
    public void Quoted_cells_hold_delimiters_quotes_and_lines()
    {
        var (_, rows) = Read("a,b\r\n\"x, \"\"y\"\"\r\nz\", \"w\" \r\n5\" pipe,\"\"\r\n");
        rows[0].Cells.ShouldBe(["x, \"y\"\nz", "w"]);
        rows[0].Line.ShouldBe(2);
        rows[1].Cells.ShouldBe(["5\" pipe", ""]);
        rows[1].Line.ShouldBe(4);
        rows.ShouldAllBe(r => r.Error == null);
    }

    [Test]
    public void An_unclosed_quote_costs_its_own_line_only()
    {
        var (_, rows) = Read("a,b\n1,\"never closed\n2,fine\n\"3\",\"fine\"\n\"4\"x,y\n5,fine\n");
        rows.Select(r => (r.Line, r.Error?.Code)).ShouldBe([(2, "import.brokenQuote"), (3, null), (4, null), (5, "import.brokenQuote"), (6, null)]);
        rows[0].Raw.ShouldBe("1,\"never closed");
    }

    [Test]
    public void An_unclosed_quote_on_the_last_lines_loses_no_row()
    {
        var (_, rows) = Read("a,b\n1,\"never closed\n2,fine\n3,fine");
        rows.Select(r => r.Error?.Code).ShouldBe(["import.brokenQuote", null, null]);
    }

    [Test]
    public void Rows_with_another_number_of_cells_are_errors()
    {
        var (_, rows) = Read("a,b\n1\n1,2\n1,2,3\n1,2,,\n\n   \n1,2");
        rows.Select(r => r.Error?.Code).ShouldBe(["import.columnCount", null, "import.columnCount", null, null]);
        rows[2].Error!.Args.ShouldBe([2, 3]);
        rows[^1].Line.ShouldBe(8);
    }

    [Test]
    public void Rows_of_empty_cells_are_no_rows() => Read("a,b\n,\n1,2\n\" \",\n,,,,\n").Rows.Single().Line.ShouldBe(3);

    [Test]
    public void Whatever_is_written_as_CSV_is_read_back()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            string Cell() => new([.. Enumerable.Range(0, random.Next(6)).Select(_ => "a1中\",;\n|\t '=".ElementAt(random.Next(12)))]);
            var rows = Enumerable.Range(0, 20).Select(_ => new[] { "x", Cell(), Cell(), Cell() }).ToArray();
            var text = new StringWriter { NewLine = "\r\n" };
            using (var writer = new CsvHelper.CsvWriter(text, System.Globalization.CultureInfo.InvariantCulture))
                foreach (var row in rows)
                {
                    foreach (var cell in row) writer.WriteField(cell);
                    writer.NextRecord();
                }
            new CsvRecords(new StringReader(text.ToString()), ',').Read().Select(r => r.Cells).ShouldBe(rows, $"seed {seed}");
        }
    }

    [Test]
    public void A_row_without_end_does_not_fill_the_memory()
    {
        using var stream = File($"a,b\n{new string('x', 3_000_000)}\n1,2\n");
        using var file = new CsvFile(stream, new("utf-8", ',', true));
        var rows = file.Rows().ToArray();
        rows.Select(r => r.Error?.Code).ShouldBe(["import.rowTooLong", null]);
        rows[0].Raw.Length.ShouldBeLessThan(300_000);
    }

    [TestCase("a,b\r1,2\r3,4"), TestCase("a,b\n1,2\n3,4\n"), TestCase("a,b\r\n1,2\r\n3,4\r\n")]
    public void Every_kind_of_line_end_is_known(string text) => Read(text).Rows.Select(r => r.Cells).ShouldBe([["1", "2"], ["3", "4"]]);

    [TestCase("", "import.emptyFile"), TestCase(" \n \n", "import.emptyFile"), TestCase("PK\u0003\u0004xyz", "import.notCsv"), TestCase("a\0b", "import.notCsv")]
    public void What_is_no_CSV_is_refused(string text, string code) => Should.Throw<Problem>(() => Detect(text)).Errors.Single().Code.ShouldBe(code);

    [Test]
    public void A_broken_header_is_refused() =>
        Should.Throw<Problem>(() => Read("a,\"b\n1,2\n")).Errors.Single().Code.ShouldBe("import.badHeader");

    [Test]
    public void An_error_file_reads_back_as_the_rows_it_was_given()
    {
        using var stream = new MemoryStream();
        using (var errors = new ErrorFile(stream, ["姓名", "备注"], "zh")) errors.Add(7, "“x”不是数字。", ["张三", "说\"好\", 再\n见"]);
        using var file = new CsvFile(stream, CsvFormatDetector.Detect(stream));
        file.Columns.ShouldBe(["行号", "姓名", "备注", "原因"]);
        file.Rows().Single().Cells.ShouldBe(["7", "张三", "说\"好\", 再\n见", "“x”不是数字。"]);
    }
}
