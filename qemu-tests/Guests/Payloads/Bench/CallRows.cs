// Calls: to the firmware, to the own level and back, and a return to the own level.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class CallRows
{
    // SMCCC leaves it to the hypervisor's vendor; nobody has given it a meaning.
    private const ulong Unknown = 0xc600_ff00;

    public static void Run(ReadOnlySpan<byte> name)
    {
        if (Benchmarks.Is(name, "hypercall"u8)) { Call("hypercall"u8, Unknown); }
        if (Benchmarks.Is(name, "psci-version"u8)) { Call("psci-version"u8, Psci.Version); }
        if (Benchmarks.Is(name, "exception-return"u8)) { ExceptionReturn("exception-return"u8); }
        if (Benchmarks.Is(name, "own-call"u8)) { OwnCall("own-call"u8); }
    }

    /// <summary>A call of the firmware: by SMC from EL2, by HVC from EL1.</summary>
    private static void Call(ReadOnlySpan<byte> name, ulong function)
    {
        MeasuredLoop.Begin(false);
        Code.Move(0, 7);
        if (Cpu.IsAtEl2)
        {
            Code.Smc(0);
        }
        else
        {
            Code.Hvc(0);
        }

        MeasuredLoop.Repeat();
        MeasuredLoop.End(false);
        MeasuredLoop.Values[7] = function;
        Benchmarks.Measure(name, 1);
    }

    /// <summary>ERET to the own level: to the instruction behind it.</summary>
    private static void ExceptionReturn(ReadOnlySpan<byte> name)
    {
        MeasuredLoop.Begin(false);
        Code.Msr(Encoding.ELR_EL1, 0);
        Code.Msr(Encoding.SPSR_EL1, 1);
        MeasuredLoop.Start();
        Code.Eret();
        ulong behind = Code.Offset;
        MeasuredLoop.Repeat();
        MeasuredLoop.End(false);
        MeasuredLoop.Values[0] = Symbols.CodeArea + behind;
        MeasuredLoop.Values[1] = MeasuredLoop.Here;
        Benchmarks.Measure(name, 0);
    }

    /// <summary>SVC to the own level, and ERET back.</summary>
    private static void OwnCall(ReadOnlySpan<byte> name)
    {
        MeasuredLoop.Begin(true);
        Code.Svc(0);
        MeasuredLoop.Repeat();
        MeasuredLoop.End(true);
        MeasuredLoop.FillTo(MeasuredLoop.VectorOffset + 0x200);
        Code.Eret();
        Code.Publish();
        Benchmarks.Measure(name, 0);
    }
}
