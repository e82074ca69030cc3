// SIMD and floating-point registers: alone, in pairs, in structures and lanes.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class DeviceAccesses
{
    private const ulong Ids01 = 0x10_0000_0011;
    private const ulong Ids23 = 0x14;
    private const ulong Ids45 = 0xf0_0000_000d;
    private const ulong Ids67 = 0xb1_0000_0005;

    private static void Vectors()
    {
        DoVector(0x3c401420, Priorities);
        Check(HasPair(Priorities + 1, 0x20, 0), "LDR of 8 bits, post-index"u8);
        DoVector(0x7d400020, Priorities);
        Check(HasPair(Priorities, 0, 0), "LDR of 16 bits"u8);
        DoVector(0xbc66d820, Priorities + 8, x6: 0xffff_ffff);
        Check(HasPair(Priorities + 8, Word1, 0), "LDR of 32 bits, an offset of -1 word in W6"u8);
        DoVector(0xfd400020, Identification);
        Check(HasPair(Identification, Ids01, 0), "LDR of 64 bits"u8);
        DoVector(0x3cc10420, Identification);
        Check(HasPair(Identification + 16, Ids01, Ids23), "LDR of 128 bits, post-index"u8);
        Check(DoVector(0xbc004420, Priorities, 0x1020_3040) && Here->X[1] == Priorities + 4 && Holds(0x1020_3040, Word1), "STR of 32 bits, post-index"u8);
        Check(DoVector(0xfd000020, Priorities, 0x1020_3040) && Holds(Word0, Word1), "STR of 64 bits"u8);
        DoVector(0x2d400420, Priorities);
        Check(HasVectors(Priorities, Word0, 0, Word1, 0), "LDP of 32 bits: two accesses"u8);
        DoVector(0x6cc10420, Identification);
        Check(HasVectors(Identification + 16, Ids01, 0, Ids23, 0), "LDP of 64 bits, post-index"u8);
        DoVector(0xad400420, Uart + 0xfe0);
        Check(HasVectors(Uart + 0xfe0, Ids01, Ids23, Ids45, Ids67), "LDP of 128 bits"u8);
        Check(
            DoVector(0x2d810420, Priorities - 8, 0x1020_3040, 0, 0x5060_7080) && Here->X[1] == Priorities && Holds(0x1020_3040, 0x5060_7080),
            "STP of 32 bits, pre-index"u8);
        DoVector(0x4c407820, Identification);
        Check(HasPair(Identification, Ids01, Ids23), "LD1 of words"u8);
        DoVector(0x4cdf7020, Identification + 16);
        Check(HasPair(Identification + 32, Ids45, Ids67), "LD1 of bytes, post-index"u8);
        DoVector(0x4c407820, Priorities);
        Check(HasPair(Priorities, 0, 0), "LD1 of words is accesses of eight bytes"u8);
        DoVector(0x0cc68820, Priorities, x6: 0x100);
        Check(HasVectors(Priorities + 0x100, (Word2 << 32) | Word0, 0, (Word3 << 32) | Word1, 0), "LD2 of words, post-index by X6"u8);
        DoVector(0x4c40ac20, Identification);
        Check(HasVectors(Identification, Ids01, Ids23, Ids45, Ids67), "LD1 of two registers"u8);
        DoVector(0x4ddf8020, Priorities + 8, 1, 2);
        Check(HasPair(Priorities + 12, 1, Word2), "LD1 of a lane, post-index"u8);
        DoVector(0x4d40c820, Priorities);
        Check(HasPair(Priorities, (Word0 << 32) | Word0, (Word0 << 32) | Word0), "LD1R"u8);
        DoVector(0x0d60c820, Priorities);
        Check(HasVectors(Priorities, (Word0 << 32) | Word0, 0, (Word1 << 32) | Word1, 0), "LD2R"u8);
        Check(DoVector(0x4c007820, Priorities, 0x1020_3040, 0x5060_7080) && Holds(Word0, Word1), "ST1 of words is accesses of eight bytes"u8);
        Check(
            DoVector(0x0d9f9020, Priorities, 0x1020_3040_0000_0000) && Here->X[1] == Priorities + 4 && Holds(0x1020_3040, Word1),
            "ST1 of a lane, post-index"u8);
        Check(
            DoVector(0x4c008820, Priorities, 0x1818_1818_1010_1010, 0, 0x2828_2828_2020_2020, 0) && Holds(0x1010_1010, 0x2020_2020, 0x1818_1818, 0x2828_2828),
            "ST2 of words"u8);
        Check(DoVector(0x0d202420, Priorities, 0x8000, 0, 0x8800) && Holds(0x0000_8880, Word1), "ST4 of byte lanes"u8);
    }

    // V0 is x2 and x3, V1 is x4 and x5, V2 and V3 are zero.
    private static bool DoVector(uint instruction, ulong address, ulong x2 = 0, ulong x3 = 0, ulong x4 = 0, ulong x5 = 0, ulong x6 = 0)
    {
        Fill();
        Code.Begin();
        Code.Emit(0x4e081c40);                          // mov v0.d[0], x2
        Code.Emit(0x4e181c60);                          // mov v0.d[1], x3
        Code.Emit(0x4e081c81);                          // mov v1.d[0], x4
        Code.Emit(0x4e181ca1);                          // mov v1.d[1], x5
        Code.Emit(0x6f00e402);                          // movi v2.2d, #0
        Code.Emit(0x6f00e403);                          // movi v3.2d, #0
        Code.Emit(instruction);
        Code.Emit(0x4e083c02);                          // mov x2, v0.d[0]
        Code.Emit(0x4e183c03);                          // mov x3, v0.d[1]
        Code.Emit(0x4e083c24);                          // mov x4, v1.d[0]
        Code.Emit(0x4e183c25);                          // mov x5, v1.d[1]
        return Go(Cpu.Level, address, x2, x3, x4, x5, x6);
    }

    private static bool HasVectors(ulong x1, ulong x2, ulong x3, ulong x4, ulong x5) => HasPair(x1, x2, x3) && Here->X[4] == x4 && Here->X[5] == x5;
}
