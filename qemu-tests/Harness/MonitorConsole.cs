// A person, or a script, at the prompt of Nestor's monitor.
using System;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace Nestor.Tests.Harness;

/// <summary>The monitor of a machine.</summary>
/// <param name="machine">The machine.</param>
public sealed class MonitorConsole(QemuMachine machine)
{
    private const string Prompt = @"\r?\x1b\[Knestor [^>\n]*> ";

    // Nothing that is asked takes a second on an idle builder.
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(150);

    private readonly Bookmark _bookmark = new();

    /// <summary>A number as the monitor writes it: 0x and digits.</summary>
    public static ulong Number(string text) => ulong.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>The same in an answer in JSON.</summary>
    public static ulong Number(JsonElement value) => Number(value.GetString()!);

    /// <summary>Presses the escape key and waits for the prompt.</summary>
    public async Task OpenAsync(string key = "\x1d")
    {
        await machine.SendAsync(key).ConfigureAwait(false);
        await ExpectPromptAsync().ConfigureAwait(false);
    }

    /// <summary>Presses it again: input goes to the guest.</summary>
    public Task CloseAsync(string key = "\x1d") => machine.SendAsync(key);

    /// <summary>Waits for a prompt, behind what was read before.</summary>
    public Task ExpectPromptAsync() => machine.ExpectAsync(new Regex(Prompt), s_soon, _bookmark);

    /// <summary>Waits for a match behind what was read before.</summary>
    public Task<Match> ExpectAsync(string pattern) => machine.ExpectAsync(new Regex(pattern), s_soon, _bookmark);

    /// <summary>Types a command; what it says, without the line itself.</summary>
    public async Task<string> AskAsync(string command)
    {
        await machine.SendAsync(command + "\r").ConfigureAwait(false);
        Match match = await ExpectAsync($"{Regex.Escape(command)}\n((?:.|\n)*?){Prompt}").ConfigureAwait(false);
        return match.Groups[1].Value;
    }

    /// <summary>Asks again until the answer is another one: a guest may need a moment to get on.</summary>
    public Task ExpectChangeAsync(string command, string before) => ExpectAnswerAsync(command, answer => answer != before);

    /// <summary>Asks until the answer is as it should be.</summary>
    public async Task ExpectAnswerAsync(string command, Func<string, bool> isDone)
    {
        const int Attempts = 200;
        for (int i = 0; i < Attempts; i++)
        {
            if (isDone(await AskAsync(command).ConfigureAwait(false)))
            {
                return;
            }
        }

        throw new MachineFailedException($"'{command}' never says what it should", machine.Transcript.Tail(5));
    }

    /// <summary>Types a command with `json` in front; its one line.</summary>
    public async Task<JsonElement> JsonAsync(string command)
    {
        string answer = await AskAsync("json " + command).ConfigureAwait(false);
        using JsonDocument document = JsonDocument.Parse(answer);
        return document.RootElement.Clone();
    }
}
