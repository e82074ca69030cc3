// Which bits of each register the hardware stores, found by trying: all ones and all zeros are written at real EL2 and read back. Programs
// write other bits as the hardware has them. With memory redirection (FEAT_NV2) a register is memory and stores any bit.
using System.Globalization;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;

namespace Nestor.Tools.Fuzz;

/// <summary>What the hardware made of all ones and of all zeros.</summary>
public sealed class WritableBits
{
    private readonly Dictionary<uint, (ulong Ones, ulong Zeros)> _values = [];

    private WritableBits()
    {
    }

    /// <summary>As if the hardware stored every bit of every register.</summary>
    public static WritableBits All { get; } = new();

    /// <summary>Tries all registers of a list on the bare machine.</summary>
    /// <exception cref="UsageException">The machine did not answer.</exception>
    public static WritableBits Learn(Laboratory laboratory, IReadOnlyList<RegisterRow> rows)
    {
        WritableBits result = new();
        FuzzProgram[] programs = [.. from row in rows from value in (ulong[])[ulong.MaxValue, 0] select Trial(row, value)];
        FuzzRun run = laboratory.Run(programs, 1, shows: true, [FuzzSetting.Bare])[0];
        ulong[] answers = Answers(run.Lines);
        if (answers.Length != programs.Length)
        {
            throw new UsageException($"the bare machine answered {answers.Length} of {programs.Length} trials; its last line: {run.Lines.LastOrDefault()}");
        }

        for (int i = 0; i < rows.Count; i++)
        {
            result._values[rows[i].Encoding] = (answers[2 * i], answers[(2 * i) + 1]);
        }

        return result;
    }

    /// <summary>
    /// A value, with the bits that the hardware does not store as it has them. QEMU stores reserved bits of some registers; the table does not.
    /// </summary>
    public ulong Sane(RegisterRow row, ulong value)
    {
        (ulong ones, ulong zeros) = _values.GetValueOrDefault(row.Encoding, (ulong.MaxValue, 0UL));
        const ulong OfBothCntkctl = 0x303ff;            // with E2H=1, CNTKCTL_EL1 is a name of CNTHCTL_EL2
        return (value & ones & row.Mask & (row.Name == "CNTKCTL_EL1" ? OfBothCntkctl : ulong.MaxValue)) | zeros;
    }

    private static FuzzProgram Trial(RegisterRow row, ulong value) =>
        new(0, [new ProgramStep(row.Name, 0x3c9, [.. A64.Move(0, ProgramGenerator.Survivable(row, value)), A64.Msr(row.Encoding, 0), A64.Isb, A64.Mrs(1, row.Encoding)])]);

    // x1 of each program; one that is zero is not shown.
    private static ulong[] Answers(IReadOnlyList<string> lines)
    {
        List<ulong> answers = [];
        foreach (string line in lines)
        {
            if (line.StartsWith("program ", StringComparison.Ordinal))
            {
                answers.Add(0);
            }
            else if (line.StartsWith("x0x1 ", StringComparison.Ordinal))
            {
                answers[^1] = ulong.Parse(line.AsSpan("x0x1 0x".Length), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            }
        }

        return [.. answers];
    }
}
