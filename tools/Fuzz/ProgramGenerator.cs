// Makes programs: one seed, one program. What a program may do is limited by two rules: the payload must survive it, since its C# runs
// at EL2 between the steps, and each step must come to an end.

namespace Nestor.Tools.Fuzz;

/// <summary>The generator.</summary>
public sealed partial class ProgramGenerator
{
    private const int MostSteps = 12;

    private const ulong Masks = 0x3c0;                  // PSTATE.DAIF

    // With EL1t and EL2t.
    private static readonly ulong[] s_levels = [0x9, 0x9, 0x9, 0x8, 0x5, 0x5, 0x5, 0x4, 0x0, 0x0];

    private static readonly ulong[] s_lower = [0x5, 0x5, 0x4, 0x0, 0x0];

    private readonly Dice _dice;
    private readonly List<ProgramStep> _steps = [];
    private readonly List<uint> _code = [];

    private readonly WritableBits _writable;

    private ProgramGenerator(ulong seed, WritableBits writable)
    {
        _dice = new Dice(seed);
        _writable = writable;
    }

    /// <summary>The program of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="writable">The values that registers may have.</param>
    /// <param name="kept">Programs whose start may be its start.</param>
    public static FuzzProgram Generate(ulong seed, WritableBits writable, IReadOnlyList<FuzzProgram>? kept = null)
    {
        ProgramGenerator generator = new(seed, writable);
        if (kept is { Count: > 0 } && generator._dice.OneIn(3))
        {
            IReadOnlyList<ProgramStep> start = generator._dice.Of(kept).Steps;
            generator._steps.AddRange(start.Take(1 + generator._dice.Below(start.Count)));
            generator._hasChangedStage2 = generator._steps.Any(step => step.Name.StartsWith("stage 2 ", StringComparison.Ordinal));
        }

        int steps = 2 + generator._dice.Below(MostSteps - 1);
        do
        {
            generator.AddStep();
        }
        while (generator._steps.Count < steps);

        return new FuzzProgram(seed, generator._steps);
    }

    private void AddStep()
    {
        switch (_dice.Below(25))
        {
            case 0 or 1 or 2:
                AccessRegister();
                break;
            case 3 or 4:
                ChangeHcr();
                break;
            case 5:
                CallException();
                break;
            case 6:
                ReturnInside();
                break;
            case 7:
                Translate();
                break;
            case 8:
                ChangeTables();
                break;
            case 9 or 10:
                AccessMemory();
                break;
            case 11:
                Maintain();
                break;
            case 12:
                UseInterface();
                break;
            case 13 or 14:
                UseDebug();
                break;
            case 15 or 16:
                UseNesting();
                break;
            case 17 or 18:
                UseInterrupts();
                break;
            case 19:
                ChangeOwnCode();
                break;
            case 20:
                AccessExclusively();
                break;
            case 21 or 22:
                TranslateAtEl2();
                break;
            case 23:
                ChooseTables();
                break;
            default:
                UseVectors();
                break;
        }
    }

    private ulong AnyLevel() => Masked(_dice.Of(s_levels));

    // A level at which debug exceptions may come, and perhaps one step of it.
    private ulong Debugged(ulong pstate) => (pstate & ~(1UL << 9)) | (_dice.OneIn(3) ? 1UL << 21 : 0);

    private ulong LowerLevel() => Masked(_dice.Of(s_lower));

    // Some bits of PSTATE that matter to what comes: PAN, UAO, IL, NZCV.
    private ulong Masked(ulong mode) =>
        Masks | mode
        | (_dice.OneIn(6) ? 1UL << 22 : 0)
        | (_dice.OneIn(8) ? 1UL << 23 : 0)
        | (_dice.OneIn(40) ? 1UL << 20 : 0)
        | _dice.Bits(0xf000_0000);

    private void Emit(uint instruction) => _code.Add(instruction);

    private void Move(uint register, ulong value) => _code.AddRange(A64.Move(register, value));

    private void Write(uint encoding, ulong value)
    {
        Move(0, value);
        Emit(A64.Msr(encoding, 0));
    }

    private void End(string name, ulong pstate)
    {
        _steps.Add(new ProgramStep(name, pstate, [.. _code]));
        _code.Clear();
    }
}
