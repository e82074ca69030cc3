// The first thing that the table says of a register.
namespace Nestor.Tools.Registers;

/// <summary>What a register is to a vCPU; see the head of the table.</summary>
public enum RegisterKind
{
    Host,
    El1,
    Common,
    Special,
    El2,
    Timer,
    Ich,
    Id,
    Debug,
}
