// The list that the group `sweep` prints: which encodings do not end in an undefined instruction, at which level, and how they end.
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Nestor.Tests.Harness;

namespace Nestor.Tests.Guests;

/// <param name="Outcomes">By level and encoding: the outcome of the read and of the write.</param>
/// <param name="Levels">The levels that have tried everything.</param>
internal sealed partial record RegisterSweep(IReadOnlyDictionary<(string Level, uint Encoding), string> Outcomes, IReadOnlyList<string> Levels)
{
    /// <summary>How an encoding ends that is not in the list.</summary>
    public const string Undefined = "--";

    /// <summary>Runs the group on a machine.</summary>
    public static async Task<RegisterSweep> RunAsync(MachineOptions machine)
    {
        TapReport report = await PayloadRun.RunAsync(machine);
        Dictionary<(string Level, uint Encoding), string> outcomes = [];
        foreach (Match line in report.Comments.Select(comment => Line().Match(comment)).Where(match => match.Success))
        {
            uint block = (Number(line, "op0") << 14) | (Number(line, "op1") << 11) | (Number(line, "crn") << 7);
            foreach (Match entry in Entry().Matches(line.Groups["entries"].Value))
            {
                outcomes.Add((line.Groups["level"].Value, block | (Number(entry, "crm") << 3) | Number(entry, "op2")), entry.Groups["outcome"].Value);
            }
        }

        return new RegisterSweep(outcomes, [.. report.Results.Select(line => line.Text)]);
    }

    /// <summary>How an encoding ends at a level.</summary>
    public string Of(string level, uint encoding) => Outcomes.GetValueOrDefault((level, encoding), Undefined);

    /// <summary>An encoding as people write it.</summary>
    public static string Name(uint encoding) =>
        $"{encoding >> 14}:{encoding >> 11 & 7}:{encoding >> 7 & 15}:{encoding >> 3 & 15}:{encoding & 7}";

    private static uint Number(Match match, string group) => uint.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<level>(E2H=[01]: )?EL[012]) (?<op0>\d):(?<op1>\d):(?<crn>\d+):(?<entries>.*)$")]
    private static partial Regex Line();

    [GeneratedRegex(@" (?<crm>\d+):(?<op2>\d)=(?<outcome>\S+)")]
    private static partial Regex Entry();
}
