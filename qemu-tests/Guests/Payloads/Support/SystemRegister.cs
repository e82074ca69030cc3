// Any register by its encoding, as the level of C# reaches it.

namespace Nestor.Payloads;

internal static unsafe class SystemRegister
{
    public static ulong Read(uint register)
    {
        Code.Begin();
        Code.Mrs(0, register);
        Code.Finish();
        return Excursion.Run(Cpu.Level)->X[0];
    }

    public static void Write(uint register, ulong value)
    {
        Code.Begin();
        Code.Msr(register, 0);
        Code.Isb();
        Code.Finish();
        Excursion.Prepare(Cpu.Level)->X[0] = value;
        Excursion.Run();
    }
}
