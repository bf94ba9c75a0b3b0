using Crm.Testing;

namespace Crm.Host.Tests.Commands;

/// <summary>What the README's table promises, of the real program: options of the command line and environment variables.</summary>
internal sealed class SettingsTests
{
    [TestCase("Crm:Database:ConnectionString", "Crm:Database:Provider", true)]
    [TestCase("Crm__Database__ConnectionString", "Crm__Database__Provider", false)]
    public async Task The_database_is_where_options_and_environment_say(string connection, string provider, bool option)
    {
        var folder = Directory.CreateTempSubdirectory("crm-settings-");
        var file = Path.Combine(folder.FullName, "elsewhere.db");
        var given = new Dictionary<string, string?> { [connection] = $"Data Source={file}", [provider] = "Sqlite" };
        await using (var host = new HostProcess(option ? given : null, option ? null : given))
        {
            await host.StartAsync();
            await host.SetUpAsync();
            (await host.Admin.SendAsync(HttpMethod.Get, "me")).GetProperty("email").GetString().ShouldBe("admin@example.com");
            File.Exists(file).ShouldBeTrue();
            File.Exists(host.Database).ShouldBeFalse("nothing lies in the data folder then");
        }
        folder.Delete(true);
    }
}
