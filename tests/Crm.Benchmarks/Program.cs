using System.Globalization;
using Crm.Benchmarks;

// Each figure stands beside the bare database's, measured in the same run on the same file: ratios hold where machines and their mood differ.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var all = new Dictionary<string, Func<Task<IEnumerable<Figure>>>>
{
    ["turns"] = Turning.RunAsync,
    ["leads"] = LeadsOverHttp.RunAsync,
    ["page"] = PageOfLeads.RunAsync,
    ["import"] = Importing.RunAsync,
    ["waiting"] = Waiting.RunAsync,
};
var results = new List<Figure>();
foreach (var (name, run) in all)
    if (args.Length == 0 || args.Contains(name)) results.AddRange(await run());

Console.WriteLine();
Console.WriteLine("| what | measured | bare database | ratio | goal |");
Console.WriteLine("|---|---|---|---|---|");
foreach (var r in results) Console.WriteLine($"| {r.What} | {r.Measured} | {r.Bare} | {r.Ratio} | {r.Goal} |");

internal sealed record Figure(string What, string Measured, string Bare, string Ratio, string Goal);
