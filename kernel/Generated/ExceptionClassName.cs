// Generated from the tables of hal/Registers by `./build.sh generate`; not to be edited.

// ESR_ELx.EC in words, for the two reports that a person reads: a guest that was stopped, and a panic.

using System;

namespace Nestor.Kernel;

/// <summary>Words for exception classes.</summary>
public static class ExceptionClassName
{
    /// <summary>What an ESR_ELx value is about.</summary>
    public static ReadOnlySpan<byte> Of(ulong syndrome)
    {
        switch ((uint)(syndrome >> 26) & 0x3f)
        {
            case 0x00: return "unknown reason"u8;
            case 0x01: return "WFI or WFE"u8;
            case 0x07: return "SVE, SIMD or FP access"u8;
            case 0x09: return "pointer authentication"u8;
            case 0x0d: return "branch target exception"u8;
            case 0x0e: return "illegal execution state"u8;
            case 0x12: return "HVC from AArch32"u8;
            case 0x13: return "SMC from AArch32"u8;
            case 0x15: return "SVC"u8;
            case 0x16: return "HVC"u8;
            case 0x17: return "SMC"u8;
            case 0x18: return "system register access"u8;
            case 0x19: return "SVE access"u8;
            case 0x1a: return "ERET"u8;
            case 0x1c: return "pointer authentication failure"u8;
            case 0x1d: return "SME access"u8;
            case 0x20: return "instruction abort from a lower level"u8;
            case 0x21: return "instruction abort"u8;
            case 0x22: return "PC alignment fault"u8;
            case 0x24: return "data abort from a lower level"u8;
            case 0x25: return "data abort"u8;
            case 0x26: return "SP alignment fault"u8;
            case 0x27: return "memory operation exception"u8;
            case 0x2c: return "floating-point exception"u8;
            case 0x2f: return "SError"u8;
            case 0x30: return "breakpoint from a lower level"u8;
            case 0x31: return "breakpoint"u8;
            case 0x32: return "software step from a lower level"u8;
            case 0x33: return "software step"u8;
            case 0x34: return "watchpoint from a lower level"u8;
            case 0x35: return "watchpoint"u8;
            case 0x3c: return "BRK"u8;
            default: return "reserved exception class"u8;
        }
    }
}
