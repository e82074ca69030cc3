// What ilc looks up by name and refuses to start without, and what a failed check at run time calls. There is no
// allocation helper here on purpose: `new` of a class is then a link error, which is the best gate there is.

using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime
{
    internal struct MethodTable { }
}

namespace Internal.Runtime.CompilerHelpers
{
    /// <summary>A failed check is a bug in the kernel: the machine stops with the address that found it.</summary>
    internal static class ThrowHelpers
    {
        [RuntimeImport("*", "nestor_failed_check")]
        [MethodImpl(MethodImplOptions.InternalCall)]
        private static extern void FailedCheck();

        internal static void ThrowIndexOutOfRangeException() => FailedCheck();

        internal static void ThrowOverflowException() => FailedCheck();

        internal static void ThrowDivideByZeroException() => FailedCheck();

        internal static void ThrowNullReferenceException() => FailedCheck();

        internal static void ThrowArrayTypeMismatchException() => FailedCheck();

        internal static void ThrowPlatformNotSupportedException() => FailedCheck();

        internal static void ThrowNotImplementedException() => FailedCheck();

        internal static void ThrowNotSupportedException() => FailedCheck();

        internal static void ThrowArgumentException() => FailedCheck();

        internal static void ThrowArgumentOutOfRangeException() => FailedCheck();

        internal static void ThrowBodyRemoved() => FailedCheck();

        internal static void ThrowFeatureBodyRemoved() => FailedCheck();

        internal static void ThrowInstanceBodyRemoved() => FailedCheck();

        internal static void ThrowUnavailableType() => FailedCheck();

        internal static void ThrowInvalidProgramException(int id) => FailedCheck();

        internal static void ThrowInvalidProgramExceptionWithArgument(int id, string name) => FailedCheck();

        internal static void ThrowTypeLoadException(int id, string className, string typeName) => FailedCheck();

        internal static void ThrowTypeLoadExceptionWithArgument(int id, string className, string typeName, string arg) => FailedCheck();

        internal static void ThrowMissingMethodException(int id, string methodName) => FailedCheck();

        internal static void ThrowMissingFieldException(int id, string fieldName) => FailedCheck();

        internal static void ThrowFileNotFoundException(int id, string fileName) => FailedCheck();

        internal static void ThrowBadImageFormatException(int id) => FailedCheck();

        internal static void ThrowMarshalDirectiveException(int id) => FailedCheck();

        internal static void ThrowAmbiguousMatchException(int id) => FailedCheck();
    }
}

namespace System.Runtime
{
    /// <summary>Casts between classes. ilc names these even when nothing casts; the kernel has no objects to cast.</summary>
    internal static unsafe class TypeCast
    {
        internal static object CheckCastAny(Internal.Runtime.MethodTable* target, object value) => Refuse(value);

        internal static object CheckCastClass(Internal.Runtime.MethodTable* target, object value) => Refuse(value);

        internal static object CheckCastClassSpecial(Internal.Runtime.MethodTable* target, object value) => Refuse(value);

        internal static object CheckCastInterface(Internal.Runtime.MethodTable* target, object value) => Refuse(value);

        internal static object IsInstanceOfAny(Internal.Runtime.MethodTable* target, object value) => Refuse(value);

        internal static object IsInstanceOfClass(Internal.Runtime.MethodTable* target, object value) => Refuse(value);

        internal static object IsInstanceOfInterface(Internal.Runtime.MethodTable* target, object value) => Refuse(value);

        internal static bool IsInstanceOfException(Internal.Runtime.MethodTable* target, object value) => Refuse(value) != null;

        private static object Refuse(object value)
        {
            Internal.Runtime.CompilerHelpers.ThrowHelpers.ThrowNotSupportedException();
            return value;
        }
    }
}

namespace System.Runtime.InteropServices
{
    public interface IDynamicInterfaceCastable
    {
        internal static RuntimeTypeHandle GetDynamicInterfaceImplementation(IDynamicInterfaceCastable instance, RuntimeTypeHandle type) => type;
    }
}
