// An exit in words, from the tables of hal/Registers: its class, and of a system register access or instruction its name.

using Nestor.Tools.Registers;

namespace Nestor.Tools.Traces;

/// <summary>The names of what exits are about.</summary>
public sealed class ExitNames
{
    private const uint SystemRegisterClass = 0x18;

    private readonly SortedDictionary<uint, string> _classes;
    private readonly Dictionary<uint, string> _registers = [];

    /// <summary>Reads the tables of a repository.</summary>
    public ExitNames(string root)
    {
        _classes = ExceptionTable.Read(root);
        foreach ((string name, uint encoding) in TrapTable.Read(root, RegisterTable.Read(root)).Names)
        {
            _registers.TryAdd(encoding, name);
        }
    }

    /// <summary>The class of an exit.</summary>
    public string Class(TraceExit exit) => exit.IsInterrupt ? "interrupt" : _classes.GetValueOrDefault(Number(exit), ExceptionTable.Reserved);

    /// <summary>The register or instruction of a trapped access, by its encoding if it has no name; null for other exits.</summary>
    public string? Register(TraceExit exit)
    {
        if (exit.IsInterrupt || Number(exit) != SystemRegisterClass)
        {
            return null;
        }

        // ISS of EC 0x18 (Arm ARM D24.2.45): Op0 21:20, Op2 19:17, Op1 16:14, CRn 13:10, Rt 9:5, CRm 4:1, read 0.
        ulong iss = exit.Syndrome;
        uint op0 = (uint)(iss >> 20 & 3), op1 = (uint)(iss >> 14 & 7), crn = (uint)(iss >> 10 & 15), crm = (uint)(iss >> 1 & 15), op2 = (uint)(iss >> 17 & 7);
        uint encoding = (op0 << 14) | (op1 << 11) | (crn << 7) | (crm << 3) | op2;
        return _registers.GetValueOrDefault(encoding, $"S{op0}_{op1}_C{crn}_C{crm}_{op2}");
    }

    /// <summary>What exits are counted by: the register if there is one, else the class.</summary>
    public string Key(TraceExit exit) => Register(exit) is { } register ? $"{register} {Direction(exit)}" : Class(exit);

    /// <summary>Whether a register is read or written; instructions count as writes.</summary>
    public static string Direction(TraceExit exit) => (exit.Syndrome & 1) != 0 ? "read" : "write";

    /// <summary>The level of an exit.</summary>
    public static string Level(TraceExit exit) => exit.Context != 0 ? "EL2" : (exit.Pstate & 0xf) == 0 ? "EL0" : "EL1";

    private static uint Number(TraceExit exit) => (uint)(exit.Syndrome >> 26) & 0x3f;
}
