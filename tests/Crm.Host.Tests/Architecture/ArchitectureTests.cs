using System.Reflection;
using System.Text.RegularExpressions;

namespace Crm.Host.Tests.Architecture;

/// <summary>Dependencies point one way: Host, then modules and Workflows, then contracts, then Shared.</summary>
internal sealed partial class ArchitectureTests
{
    private static IReadOnlyList<Project> Projects => Code.Projects;
    private static IEnumerable<Project> Modules => Projects.Where(p => !p.IsContracts && p.Name is not ("Crm.Host" or "Crm.Shared"));

    [TestCaseSource(nameof(Projects))]
    public void A_project_refers_only_to_what_lies_below_it(Project project)
    {
        string[] allowed = project switch
        {
            { Name: "Crm.Shared" } => [],
            { IsContracts: true } => [.. Projects.Where(p => p.IsContracts || p.Name == "Crm.Shared").Select(p => p.Name)],
            { Name: "Crm.Host" } => [.. Projects.Select(p => p.Name)],
            _ => [.. Projects.Where(p => p.IsContracts || p.Name == "Crm.Shared").Select(p => p.Name)],
        };
        project.References.Except(allowed).ShouldBeEmpty();
        project.Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Crm.", StringComparison.Ordinal)).Except(allowed).ShouldBeEmpty();
    }

    [TestCaseSource(nameof(Modules))]
    public void What_a_module_shows_is_its_composition_and_nothing_else(Project module) =>
        module.Assembly.GetTypes().Where(t => t.IsVisible && !t.IsNested).Select(t => t.Name).Except([$"{module.Name["Crm.".Length..]}Setup"]).ShouldBeEmpty();

    [TestCaseSource(nameof(Projects))]
    public void Nothing_asks_the_system_clock(Project project) =>
        project.MembersUsed().Where(m => ClockMember().IsMatch(m)).ShouldBeEmpty();

    /// <summary>Else two of one instant would lose their order.</summary>
    [TestCaseSource(nameof(Projects))]
    public void Ids_come_from_one_place(Project project) =>
        project.MembersUsed().Contains("System.Guid.CreateVersion7").ShouldBe(project.Name == "Crm.Shared");

    [TestCaseSource(nameof(Projects))]
    public void Nothing_sleeps(Project project) => project.MembersUsed().ShouldNotContain("System.Threading.Thread.Sleep");

    [Test]
    public void A_module_names_only_its_own_tables()
    {
        var prefixes = new Dictionary<string, string> { ["Crm.Platform"] = "platform", ["Crm.Leads"] = "leads", ["Crm.Sales"] = "sales", ["Crm.Marketing"] = "marketing", ["Crm.Service"] = "service", ["Crm.Workflows"] = "workflows", ["Crm.Host"] = "host" };
        var wrong = from project in Projects
                    where prefixes.ContainsKey(project.Name)
                    from file in Directory.GetFiles(project.Folder, "*.cs", SearchOption.AllDirectories)
                    where !file.Contains("/obj/") && !file.Contains("/node_modules/")
                    from Match table in TableInSql().Matches(File.ReadAllText(file))
                    let prefix = table.Groups[1].Value
                    where prefixes.ContainsValue(prefix) && prefix != prefixes[project.Name]
                    select $"{Path.GetRelativePath(Code.Root, file)}: {table.Value}";
        wrong.ShouldBeEmpty();
    }

    [TestCaseSource(nameof(Projects))]
    public void Every_text_exists_in_both_languages_with_the_same_places_to_fill(Project project)
    {
        var texts = project.Assembly.GetManifestResourceNames().Where(n => n.StartsWith("texts/", StringComparison.Ordinal)).ToLookup(n => n.EndsWith(".en.json", StringComparison.Ordinal), n => Read(project.Assembly, n));
        var (zh, en) = (Merge(texts[false]), Merge(texts[true]));
        zh.Keys.ShouldBe(en.Keys, ignoreOrder: true);
        foreach (var code in zh.Keys) Places(zh[code]).ShouldBe(Places(en[code]), code);
        foreach (var (code, text) in zh.Concat(en)) text.ShouldNotBeNullOrWhiteSpace(code);
    }

    private static Dictionary<string, string> Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        return System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }

    private static Dictionary<string, string> Merge(IEnumerable<Dictionary<string, string>> files) => files.SelectMany(f => f).ToDictionary();

    // A language may leave a place out, but never name one that is not filled.
    private static int Places(string text) => PlaceInText().Matches(text).Select(m => int.Parse(m.Groups[1].ValueSpan) + 1).DefaultIfEmpty(0).Max();

    [GeneratedRegex(@"^System\.(DateTime(Offset)?\.get_(UtcNow|Now|Today)|Diagnostics\.Stopwatch\.(StartNew|GetTimestamp))$")]
    private static partial Regex ClockMember();

    [GeneratedRegex(@"\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z]+)_[a-z_]+\b")]
    private static partial Regex TableInSql();

    [GeneratedRegex(@"\{(\d+)\}")]
    private static partial Regex PlaceInText();
}
