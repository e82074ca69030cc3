// Every register encoding at every level, beside bare hardware. What the tables name must end as it does there; what they do not
// name, a feature that no guest has, must be undefined. So what is hidden follows from the tables alone.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;
using Xunit;

namespace Nestor.Tests.Guests;

[Trait("Category", "Slow")]
public sealed class RegisterSweepTests
{
    private const string AtEl2 = "EL2 of the hardware";
    private const string AtEl1 = "EL1 of the hardware";
    private const string NewestName = "newest";

    private static readonly ConcurrentDictionary<(string Setting, bool Newest), Lazy<Task<RegisterSweep>>> s_runs = new();
    private static readonly HashSet<uint> s_known = Known();

    [Theory]
    [InlineData("virtual EL2, nv=2", AtEl2)]
    [InlineData("virtual EL2, nv=1", AtEl2)]
    [InlineData("virtual EL2 of an inner Nestor", AtEl2)]
    [InlineData("EL1 of a guest", AtEl1)]
    public async Task Known_registers_are_those_of_the_hardware_and_all_others_undefined(string setting, string oracle) =>
        await CompareAsync(setting, oracle, newest: false);

    [NewestQemuTheory]
    [InlineData("virtual EL2, nv=2", AtEl2)]
    [InlineData("virtual EL2, nv=1", AtEl2)]
    [InlineData("EL1 of a guest", AtEl1)]
    public async Task The_same_on_the_newest_CPU(string setting, string oracle) => await CompareAsync(setting, oracle, newest: true);

    [Fact]
    public async Task The_hardware_has_registers_that_no_table_names()
    {
        RegisterSweep hardware = await RunAsync(AtEl2, newest: false);
        Assert.Contains(hardware.Outcomes, outcome => outcome.Value == "kk" && !s_known.Contains(outcome.Key.Encoding));
        Assert.Contains(hardware.Outcomes, outcome => outcome.Value == "kk" && s_known.Contains(outcome.Key.Encoding));
        Assert.Equal(6, hardware.Outcomes.Select(outcome => outcome.Key.Level).Distinct().Count());
    }

    private static async Task CompareAsync(string setting, string oracle, bool newest)
    {
        RegisterSweep hardware = await RunAsync(oracle, newest);
        RegisterSweep guest = await RunAsync(setting, newest);
        Assert.Equal(hardware.Levels, guest.Levels);
        bool isRedirected = !setting.Contains("nv=1", StringComparison.Ordinal);
        List<string> wrong = [];
        foreach ((string level, uint encoding) in hardware.Outcomes.Keys.Union(guest.Outcomes.Keys))
        {
            string expected = s_known.Contains(encoding) || IsIdentification(encoding) ? hardware.Of(level, encoding) : RegisterSweep.Undefined;
            string actual = guest.Of(level, encoding);
            if (actual != expected && !IsHardwares(level, encoding, actual, isRedirected))
            {
                wrong.Add($"{level} {RegisterSweep.Name(encoding)}: {actual}, expected {expected}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Order(StringComparer.Ordinal)));
    }

    private static Task<RegisterSweep> RunAsync(string setting, bool newest) => s_runs.GetOrAdd((setting, newest), _ => new(() =>
    {
        MachineOptions machine = PayloadSetting.All.Single(one => one.Name == setting)
            .Machine($"sweep at {setting}{(newest ? ", " + NewestName : "")}", PayloadRuns.Image, "group=sweep");
        return RegisterSweep.RunAsync(newest ? machine with { Qemu = NewestQemuPath.Path } : machine);
    })).Value;

    // Names in the tables; a row that is undefined when it traps does not count.
    private static HashSet<uint> Known()
    {
        IReadOnlyList<RegisterRow> rows = RegisterTable.Read(RepositoryRoot.Path);
        return [.. TrapTable.Read(RepositoryRoot.Path, rows).Names.Values.Except(rows.Where(row => row.Trap == "undef").Select(row => row.Encoding))];
    }

    // op0=3, op1=0, 1 or 3, CRn=0: reserved encodings read as zero, or trap with FEAT_IDST (Arm ARM D19.1).
    private static bool IsIdentification(uint encoding) => (encoding & 0xc780) == 0xc000;

    // No control of EL2 reaches these, so the machine answers as it does any EL1.
    private static bool IsHardwares(string level, uint encoding, string actual, bool isRedirected) => RegisterSweep.Name(encoding) switch
    {
        "3:3:4:2:7" => true,                                            // TCO
        "1:3:7:4:3" or "1:3:7:4:4" or "1:3:7:10:3" or "1:3:7:10:5" or "1:3:7:12:3" or "1:3:7:12:5" or "1:3:7:13:3" or "1:3:7:13:5"
            or "1:3:7:14:3" or "1:3:7:14:5" => actual is "-k" or "-!18",   // DC by address of memory tags, of which there are none
        "3:0:4:3:0" => actual == "k-",                                  // ALLINT can be read
        "3:0:12:9:5" => true,                                           // ICC_NMIAR1_EL1
        "3:3:14:0:0" => actual == "k-",                                 // CNTFRQ_EL0: the highest level alone writes it
        "1:3:7:7:0" or "3:3:2:5:1" or "3:3:4:4:2" => level.EndsWith("EL0", StringComparison.Ordinal) && IsDenied(actual),
            // GCSPUSHM, GCSPR_EL0 and FPMR: EL1's own controls, which no guest can set, trap EL0 before EL2's would
        "1:3:7:7:1" or "1:3:7:7:2" or "1:3:7:7:3" => true,              // GCSPOPM, GCSSS1 and GCSSS2 do nothing without a guarded control stack
        "1:0:7:9:2" => level.EndsWith("EL1", StringComparison.Ordinal), // AT S1E1A keeps nothing but PAR_EL1
        "3:4:10:2:5" or "3:5:1:0:3" or "3:5:2:0:3" => isRedirected,     // S2PIR_EL2, SCTLR2_EL12 and TCR2_EL12 are words of the VNCR page
        _ => false,
    };

    // Each access ends in an exception, undefined or trapped.
    private static bool IsDenied(string outcome) => !outcome.Contains('k', StringComparison.Ordinal);
}
