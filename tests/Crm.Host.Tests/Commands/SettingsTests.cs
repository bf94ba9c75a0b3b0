using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
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

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_time_zone_the_currency_the_mail_server_and_the_address_are_those_that_options_and_environment_say(bool option)
    {
        await using var sink = new SmtpSink();
        var given = new Dictionary<string, string?>(sink.Settings) { ["Crm:TimeZone"] = "America/New_York", ["Crm:Currency"] = "EUR", ["Crm:PublicUrl"] = "https://crm.example.com/" };
        await using var host = new HostProcess(option ? given : null, option ? null : given.ToDictionary(g => g.Key.Replace(":", "__", StringComparison.Ordinal), g => g.Value));
        await host.StartAsync();
        await host.SetUpAsync();
        var unit = (await host.Admin.SendAsync(HttpMethod.Get, "units?limit=1")).GetProperty("items")[0].GetProperty("id").GetString();
        (await host.Admin.SendAsync(HttpMethod.Get, $"calendars/{unit}")).GetProperty("zone").GetString().ShouldBe("America/New_York");
        foreach (var (plural, body) in new (string, object)[] { ("products", new { name = "泵", code = "P", price = 1 }), ("quotes", new { title = "报价" }) })
            (await host.Admin.SendAsync(HttpMethod.Post, plural, body)).GetProperty("currency").GetString().ShouldBe("EUR");
        var user = (await host.Admin.SendAsync(HttpMethod.Post, "users", new { name = "新同事", email = "new@example.com", unit })).GetProperty("id").GetString();
        (await host.Admin.SendAsync(HttpMethod.Post, $"users/{user}/invite")).GetProperty("link").GetString().ShouldStartWith("https://crm.example.com/password#");
        await host.Admin.SendAsync(HttpMethod.Post, "auth/forgot", new { email = "new@example.com" });
        await HostProcess.UntilAsync(() => Task.FromResult(!sink.Mails.IsEmpty), "the mail to arrive");
        sink.Mails.TryPeek(out var mail).ShouldBeTrue();
        (mail!.From, mail.To).ShouldBe(("crm@example.com", "new@example.com"));
    }

    [Test]
    public async Task A_filter_that_names_a_page_of_records_fits_into_the_address()
    {
        await using var host = new HostProcess();
        await host.StartAsync();
        await host.SetUpAsync();
        var filter = JsonSerializer.Serialize(new { field = "owner", op = "in", value = Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()) });
        (await host.Admin.SendAsync(HttpMethod.Get, $"leads?filter={Uri.EscapeDataString(filter)}")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Test]
    public async Task Mail_goes_over_a_secured_line_and_under_the_name_that_the_settings_say()
    {
        var folder = Directory.CreateTempSubdirectory("crm-settings-");
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var trusted = Path.Combine(folder.FullName, "trusted.pem");
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem());
        await using var sink = new SmtpSink { Certificate = certificate, Sender = new("crm", "brief-2026") };
        var given = new Dictionary<string, string?>(sink.Settings) { ["Crm:Smtp:Host"] = "localhost", ["Crm:Smtp:Tls"] = "true", ["Crm:Smtp:User"] = "crm", ["Crm:Smtp:Password"] = "brief-2026" };
        await using (var host = new HostProcess(given, new Dictionary<string, string?> { ["SSL_CERT_FILE"] = trusted }))
        {
            await host.StartAsync();
            await host.SetUpAsync();
            await host.HireAsync("新同事", "new@example.com", (await host.Admin.SendAsync(HttpMethod.Get, "units?limit=1")).GetProperty("items")[0].GetProperty("id").GetString()!);
            await host.Admin.SendAsync(HttpMethod.Post, "auth/forgot", new { email = "new@example.com" });
            await HostProcess.UntilAsync(() => Task.FromResult(!sink.Mails.IsEmpty), "the mail to arrive");
            sink.Mails.ShouldContain(m => m.To == "new@example.com");
        }
        folder.Delete(true);
    }

    [TestCase("Crm:TimeZone", "Mars/Olympus")]
    [TestCase("Crm:Currency", "GOLD")]
    [TestCase("Crm:Database:Synchronous", "SOMETIMES")]
    [TestCase("Crm:Database:Provider", "Oracle")]
    [TestCase("Crm:PublicUrl", "crm.example.com")]
    [TestCase("Crm:Smtp:Port", "0")]
    [TestCase("Crm:SignInsPerMinute", "0")]
    [TestCase("Crm:Work", "perhaps")]
    public async Task A_setting_that_makes_no_sense_ends_the_program_at_its_start_with_one_sentence_that_names_it(string name, string value)
    {
        await using var host = new HostProcess(new Dictionary<string, string?> { [name] = value });
        var said = (await Should.ThrowAsync<InvalidOperationException>(host.StartAsync)).Message.Split('\n');
        said[0].ShouldEndWith("with 2.");
        said.Length.ShouldBe(2, "no trace of the stack");
        said[1].ShouldContain(name);
    }
}
