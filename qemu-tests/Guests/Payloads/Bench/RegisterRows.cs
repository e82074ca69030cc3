// Registers that a hypervisor has to emulate, and TLB maintenance.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class RegisterRows
{
    public static void Run(ReadOnlySpan<byte> name)
    {
        if (Benchmarks.Is(name, "id-register"u8)) { Read("id-register"u8, Encoding.ID_AA64MMFR2_EL1); }
        if (Benchmarks.Is(name, "counter"u8)) { Read("counter"u8, Encoding.CNTPCT_EL0); }
        if (Benchmarks.Is(name, "timer-control"u8)) { Read("timer-control"u8, Encoding.CNTP_CTL_EL0); }
        if (Benchmarks.Is(name, "tlbi-vmalle1is"u8)) { Tlbi("tlbi-vmalle1is"u8, 0, 3, 0); }
        if (!Cpu.IsAtEl2)
        {
            return;
        }

        if (Benchmarks.Is(name, "cnthctl-read"u8)) { Read("cnthctl-read"u8, Encoding.CNTHCTL_EL2); }
        if (Benchmarks.Is(name, "cnthctl-write"u8)) { Write("cnthctl-write"u8, Encoding.CNTHCTL_EL2, SystemRegisters.CNTHCTL_EL2); }
        if (Benchmarks.Is(name, "hcr-read"u8)) { Read("hcr-read"u8, Encoding.HCR_EL2); }
        if (Benchmarks.Is(name, "hcr-write"u8)) { Write("hcr-write"u8, Encoding.HCR_EL2, SystemRegisters.HCR_EL2); }
        if (Benchmarks.Is(name, "sctlr-el12-read"u8)) { Read("sctlr-el12-read"u8, Encoding.SCTLR_EL12); }
        if (Benchmarks.Is(name, "tlbi-alle1is"u8)) { Tlbi("tlbi-alle1is"u8, 4, 3, 4); }
        Cpu.ResetHcr(false);
        Cpu.OpenVectors(false);
        if (Benchmarks.Is(name, "sctlr-read-e2h0"u8)) { Read("sctlr-read-e2h0"u8, Encoding.SCTLR_EL2); }
        if (Benchmarks.Is(name, "sctlr-write-e2h0"u8)) { Write("sctlr-write-e2h0"u8, Encoding.SCTLR_EL2, SystemRegisters.SCTLR_EL2); }
        Benchmarks.Prepare();
    }

    private static void Read(ReadOnlySpan<byte> name, uint register)
    {
        MeasuredLoop.Begin(false);
        Code.Mrs(1, register);
        MeasuredLoop.Repeat();
        MeasuredLoop.End(false);
        Benchmarks.Measure(name, 0);
    }

    private static void Write(ReadOnlySpan<byte> name, uint register, ulong value)
    {
        MeasuredLoop.Begin(false);
        Code.Msr(register, 1);
        MeasuredLoop.Repeat();
        MeasuredLoop.End(false);
        MeasuredLoop.Values[1] = value;
        Benchmarks.Measure(name, 0);
    }

    private static void Tlbi(ReadOnlySpan<byte> name, uint op1, uint crm, uint op2)
    {
        MeasuredLoop.Begin(false);
        Code.Sys(op1, 8, crm, op2, 31);
        MeasuredLoop.Repeat();
        MeasuredLoop.End(false);
        Benchmarks.Measure(name, 0);
    }
}
