using Crm.Host.Commands;

namespace Crm.Host.Tests.Commands;

internal sealed class CommandLineTests
{
    [Test]
    public void Words_before_the_first_option_are_the_command_and_what_it_works_on()
    {
        var line = CommandLine.Parse(["import", "leads", "/tmp/leads.csv", "--Crm:DataFolder=/data", "--dry-run"]);
        line.Name.ShouldBe("import");
        line.Arguments.ShouldBe(["leads", "/tmp/leads.csv"]);
        line.Options.ShouldBe(["--Crm:DataFolder=/data", "--dry-run"]);
    }

    [Test]
    public void Options_alone_mean_serving()
    {
        var line = CommandLine.Parse(["--urls", "http://127.0.0.1:5090"]);
        line.Name.ShouldBeNull();
        line.Options.ShouldBe(["--urls", "http://127.0.0.1:5090"]);
    }
}
