using Crm.Shared.Outside;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Runtime.Outside;

/// <summary>HTTP of steps: what the guard refuses is a failure of the step.</summary>
internal sealed class OutboundHttp(GuardedHttp http)
{
    public static Uri Address(string url) => GuardedHttp.Address(url) ?? throw new StepFailure(FailureClass.Configuration, new("run.badAddress", url));

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(request, ct);
        }
        catch (PrivateAddressException refused)
        {
            throw new StepFailure(FailureClass.Configuration, new("run.privateAddress", refused.Host));
        }
        catch (TimeoutException why)
        {
            throw new StepFailure(FailureClass.Transient, new("run.timeout", request.RequestUri!.Host), why);
        }
    }

    /// <summary>The beginning of the answer; a long one is not read to its end.</summary>
    public static async Task<string> TextAsync(HttpResponseMessage response, int most, CancellationToken ct)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        var buffer = new char[most];
        return new string(buffer, 0, await reader.ReadBlockAsync(buffer, ct));
    }

    /// <summary>Sorts refusals: what may pass by itself, what is wrong with the SOP, what with the data.</summary>
    public static void Require(HttpResponseMessage response, string text)
    {
        if (response.IsSuccessStatusCode) return;
        var code = (int)response.StatusCode;
        var failure = code switch
        {
            408 or 425 or 429 or >= 500 => FailureClass.Transient,
            401 or 403 => FailureClass.Permission,
            400 or 409 or 422 => FailureClass.Data,
            _ => FailureClass.Configuration,
        };
        throw new StepFailure(failure, new("run.httpRefused", code, text.Length > 300 ? text[..300] : text));
    }
}
