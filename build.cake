using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;

var target = Argument("target", "Default");
var artifacts = MakeAbsolute(Directory("./artifacts"));
var web = MakeAbsolute(Directory("./Host/web"));
// Debug, so that `dotnet run` finds it built; what is measured is built apart.
var configuration = "Debug";

int passed = 0, failed = 0, skipped = 0;
var broken = new List<string>();
var unsure = new List<(FilePath Project, string Test)>();

Task("Restore").Does(() => DotNetRestore("./Crm.sln"));

Task("Build").IsDependentOn("Restore").Does(() => DotNetBuild("./Crm.sln", new DotNetBuildSettings
{
    Configuration = configuration,
    NoRestore = true,
    Verbosity = DotNetVerbosity.Quiet,
    // Analysers run here and only here: an edit-build-test round need not wait for them.
    ArgumentCustomization = args => args.Append("-p:Analyse=true").Append("-nologo"),
}));

Task("Browser").Does(() =>
{
    if (Browser() is not null) return;
    if (IsRunningOnLinux() && Environment.UserName == "root" && FileExists("/usr/bin/apt-get"))
    {
        StartProcess("apt-get", "update -qq");
        StartProcess("apt-get", "install -y -qq --no-install-recommends chromium fonts-noto-cjk");
    }
    if (Browser() is null) Warning("No Chromium found and none could be installed: the tests of the page in a browser are skipped.");
});

Task("PageTests").IsDependentOn("Build").Does(() =>
{
    EnsureDirectoryExists(artifacts);
    var report = artifacts.CombineWithFilePath("page.json");
    if (FileExists(report)) DeleteFile(report);
    var exit = StartProcess("npm", new ProcessSettings { WorkingDirectory = web, Arguments = $"test --silent -- --reporter=dot --reporter=json --outputFile.json={report}" });
    if (!FileExists(report)) { broken.Add("page"); return; }
    var json = System.IO.File.ReadAllText(report.FullPath);
    Count(Of("numPassedTests"), Of("numFailedTests"), Of("numPendingTests"));
    if (exit != 0 && Of("numFailedTests") == 0) broken.Add("page");

    int Of(string name) => int.Parse(Regex.Match(json, $"\"{name}\":\\s*(\\d+)").Groups[1].Value);
});

// Two at a time, the longest first: most of a test's time is waiting for a disk, a page or a process.
Task("DotNetTests").IsDependentOn("Build").IsDependentOn("Browser").Does(() =>
{
    var longest = new[] { "Crm.Web.Tests", "Crm.Workflows.Tests", "Crm.Host.Tests" };
    var projects = GetFiles("./tests/*.Tests/*.csproj").OrderBy(p => (uint)Array.IndexOf(longest, p.GetFilenameWithoutExtension().ToString()));
    Parallel.ForEach(Partitioner.Create(projects, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = 2 }, project => Run(project, null));

    // A browser that had to wait for a busy processor says little about the page: what failed in one is tried once more with the machine to itself, and only then counts.
    foreach (var project in unsure.GroupBy(u => u.Project.FullPath).ToList())
    {
        var tests = project.Select(u => u.Test).Distinct().ToList();
        Warning($"Tried a second time: {string.Join(", ", tests)}");
        failed -= project.Count();
        Run(project.First().Project, string.Join("|", tests.Select(t => $"FullyQualifiedName~{t}")), again: project.Count());
    }
});

Task("Result").Does(() =>
{
    var line = $"{passed} passed, {failed + broken.Count} failed" + (skipped > 0 ? $", {skipped} skipped" : "");
    if (broken.Count > 0) Error("Did not run to the end: " + string.Join(", ", broken));
    EnsureDirectoryExists(artifacts);
    System.IO.File.WriteAllText(artifacts.CombineWithFilePath("result.txt").FullPath, line + "\n");
    if (failed + broken.Count > 0) throw new CakeException(line);
});

Task("Test").IsDependentOn("PageTests").IsDependentOn("DotNetTests").IsDependentOn("Result");

Task("Default").IsDependentOn("Test");

Task("Bench").Description("Ratios against the bare database, see docs/benchmarks.md")
    .Does(() => DotNetRun("./tests/Crm.Benchmarks/Crm.Benchmarks.csproj", new DotNetRunSettings { Configuration = "Release" }));

// Tests of this category are [Explicit]: they run when asked for by name only.
Task("TortureTests").IsDependentOn("Build").Does(() =>
{
    foreach (var project in GetFiles("./tests/*.Tests/*.csproj")) Run(project, "TestCategory=Torture");
});

Task("Torture").Description("The long runs of simulation and kill tests").IsDependentOn("TortureTests").IsDependentOn("Result");

RunTarget(target);

string Browser() => new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(p => FileExists(p));

void Count(int passes, int failures, int skips)
{
    lock (broken)
    {
        passed += passes;
        failed += failures;
        skipped += skips;
    }
}

// again: how many failures of the first try this one is for.
void Run(FilePath project, string filter, int again = 0)
{
    var name = project.GetFilenameWithoutExtension().ToString();
    var report = artifacts.CombineWithFilePath(name + ".trx");
    if (FileExists(report)) DeleteFile(report);
    var exit = StartProcess("dotnet", new ProcessSettings
    {
        Arguments = new ProcessArgumentBuilder().Append("test").AppendQuoted(project.FullPath).Append("--no-build --nologo").Append($"-c {configuration}")
            .AppendSwitchQuoted("--logger", $"trx;LogFileName={report}").Append(filter is null ? "" : $"--filter \"{filter}\""),
    });
    if (!FileExists(report))
    {
        if (exit != 0) Broke(name);
        return;
    }
    var results = XDocument.Load(report.FullPath);
    var counters = results.Descendants().Single(e => e.Name.LocalName == "Counters");
    int Of(string counter) => int.Parse(counters.Attribute(counter).Value);
    if (again == 0) Count(Of("passed"), Of("failed"), Of("total") - Of("executed"));
    else Count(Math.Max(0, again - Of("failed")), Of("failed"), 0);
    if (exit != 0 && Of("failed") == 0) Broke(name);
    if (name == "Crm.Web.Tests" && again == 0)
        lock (broken) unsure.AddRange(Failures(results).Select(test => (project, test)));
}

// The method's name: a case's arguments do not survive a filter.
IEnumerable<string> Failures(XDocument results) => results.Descendants().Where(e => e.Name.LocalName == "UnitTestResult" && e.Attribute("outcome")?.Value == "Failed")
    .Select(e => e.Attribute("testName").Value.Split('(')[0].Split('.').Last());

void Broke(string name)
{
    lock (broken) broken.Add(name);
}
