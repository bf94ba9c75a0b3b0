using System.Globalization;
using Crm.Benchmarks;

// Each figure stands beside the bare database's, measured in the same run on the same file: ratios hold where machines and their mood differ.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var results = new List<Figure>();
results.AddRange(await LeadsOverHttp.RunAsync());
results.AddRange(await PageOfLeads.RunAsync());
results.AddRange(await Importing.RunAsync());

Console.WriteLine();
Console.WriteLine("| what | measured | bare database | ratio | goal |");
Console.WriteLine("|---|---|---|---|---|");
foreach (var r in results) Console.WriteLine($"| {r.What} | {r.Measured} | {r.Bare} | {r.Ratio} | {r.Goal} |");

internal sealed record Figure(string What, string Measured, string Bare, string Ratio, string Goal);
