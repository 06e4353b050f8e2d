Attribute VB_Name = "Captask"
' captask for VB6 and VBA: Excel, Access, Word.
'
' 64-bit Office calls captask.dll. VB6 and 32-bit Office call only stdcall functions: captask32.dll has those, under the
' same names. Both DLLs come with captask for Windows. They are found in the folder of the program, in PATH, or wherever
' CaptaskLoad has loaded them from.
'
' A task does not hold the program: CaptaskSubmit returns at once with a ticket, and CaptaskReceive gives out the answer
' of whichever task is finished next, or nothing. Call it with a timeout of 0 from a Timer control or Application.OnTime,
' or in a loop with DoEvents, as CaptaskExample does. captask_solve is not here: it would freeze the windows of the
' program, for minutes perhaps. No procedure of VB may be a log sink; CaptaskLogTo writes to a file.
'
' Strings are VB's own here; the library's are UTF-8, and are converted and freed. Tickets are Doubles: they are whole
' numbers below 2^53, which a Double holds exactly.
'
' After End, or Reset in the editor of VBA, a client that was not closed stays open until the program ends.

Option Explicit

Private Const CP_UTF8 As Long = 65001

#If Win64 Then
    Private Declare PtrSafe Function captask_open Lib "captask" (ByVal config As LongPtr, ByRef failure As LongPtr) As Long
    Private Declare PtrSafe Function captask_stop Lib "captask" (ByVal client As Long) As Long
    Private Declare PtrSafe Function captask_close Lib "captask" (ByVal handle As Long) As Long
    Private Declare PtrSafe Function captask_submit Lib "captask" (ByVal client As Long, ByVal request As LongPtr, ByRef failure As LongPtr) As LongLong
    Private Declare PtrSafe Function captask_receive_ticket Lib "captask" (ByVal client As Long, ByVal timeout_ms As Long, ByRef ticket As LongLong) As LongPtr
    Private Declare PtrSafe Function captask_cancel Lib "captask" (ByVal client As Long, ByVal ticket As LongLong) As Long
    Private Declare PtrSafe Function captask_check Lib "captask" (ByVal request As LongPtr) As LongPtr
    Private Declare PtrSafe Function captask_pick Lib "captask" (ByVal json As LongPtr, ByVal pointer As LongPtr) As LongPtr
    Private Declare PtrSafe Function captask_quote Lib "captask" (ByVal text As LongPtr) As LongPtr
    Private Declare PtrSafe Function captask_base64 Lib "captask" (ByVal data As LongPtr, ByVal length As LongPtr) As LongPtr
    Private Declare PtrSafe Function captask_log_to Lib "captask" (ByVal path As LongPtr, ByVal level As Long, ByRef failure As LongPtr) As Long
    Private Declare PtrSafe Sub captask_free Lib "captask" (ByVal text As LongPtr)

    Private Declare PtrSafe Function LoadLibraryW Lib "kernel32" (ByVal path As LongPtr) As LongPtr
    Private Declare PtrSafe Function MultiByteToWideChar Lib "kernel32" (ByVal page As Long, ByVal flags As Long, ByVal from As LongPtr, ByVal size As Long, ByVal buffer As LongPtr, ByVal room As Long) As Long
    Private Declare PtrSafe Function WideCharToMultiByte Lib "kernel32" (ByVal page As Long, ByVal flags As Long, ByVal from As LongPtr, ByVal size As Long, ByVal buffer As LongPtr, ByVal room As Long, ByVal unknown As LongPtr, ByVal used As LongPtr) As Long
#Else
    ' A Currency is the 64-bit integer of C here, which VB shows divided by 10000.
    Private Declare Function captask_open Lib "captask32" (ByVal config As Long, ByRef failure As Long) As Long
    Private Declare Function captask_stop Lib "captask32" (ByVal client As Long) As Long
    Private Declare Function captask_close Lib "captask32" (ByVal handle As Long) As Long
    Private Declare Function captask_submit Lib "captask32" (ByVal client As Long, ByVal request As Long, ByRef failure As Long) As Currency
    Private Declare Function captask_receive_ticket Lib "captask32" (ByVal client As Long, ByVal timeout_ms As Long, ByRef ticket As Currency) As Long
    Private Declare Function captask_cancel Lib "captask32" (ByVal client As Long, ByVal ticket As Currency) As Long
    Private Declare Function captask_check Lib "captask32" (ByVal request As Long) As Long
    Private Declare Function captask_pick Lib "captask32" (ByVal json As Long, ByVal pointer As Long) As Long
    Private Declare Function captask_quote Lib "captask32" (ByVal text As Long) As Long
    Private Declare Function captask_base64 Lib "captask32" (ByVal data As Long, ByVal length As Long) As Long
    Private Declare Function captask_log_to Lib "captask32" (ByVal path As Long, ByVal level As Long, ByRef failure As Long) As Long
    Private Declare Sub captask_free Lib "captask32" (ByVal text As Long)

    Private Declare Function LoadLibraryW Lib "kernel32" (ByVal path As Long) As Long
    Private Declare Function MultiByteToWideChar Lib "kernel32" (ByVal page As Long, ByVal flags As Long, ByVal from As Long, ByVal size As Long, ByVal buffer As Long, ByVal room As Long) As Long
    Private Declare Function WideCharToMultiByte Lib "kernel32" (ByVal page As Long, ByVal flags As Long, ByVal from As Long, ByVal size As Long, ByVal buffer As Long, ByVal room As Long, ByVal unknown As Long, ByVal used As Long) As Long
#End If

' Loads the DLL from a path, before any other call. False when it is not there, or is not for this program (32 or 64 bit).
Public Function CaptaskLoad(ByVal path As String) As Boolean
    CaptaskLoad = (LoadLibraryW(StrPtr(path)) <> 0)
End Function

' Opens a client and returns its number. Returns 0 when the configuration is wrong; failure is the error then, a JSON
' object.
Public Function CaptaskOpen(ByVal config As String, ByRef failure As String) As Long
    Dim bytes() As Byte
#If Win64 Then
    Dim why As LongPtr
#Else
    Dim why As Long
#End If
    bytes = Utf8(config)
    CaptaskOpen = captask_open(VarPtr(bytes(0)), why)
    failure = Taken(why)
End Function

' Buys a task, or adopts one, and returns its ticket at once. Returns 0 when it is refused; failure is the error then, a
' JSON object, and nothing was sent.
Public Function CaptaskSubmit(ByVal client As Long, ByVal request As String, ByRef failure As String) As Double
    Dim bytes() As Byte
    bytes = Utf8(request)
#If Win64 Then
    Dim why As LongPtr
    CaptaskSubmit = CDbl(captask_submit(client, VarPtr(bytes(0)), why))
#Else
    Dim why As Long
    CaptaskSubmit = FromCurrency(captask_submit(client, VarPtr(bytes(0)), why))
#End If
    failure = Taken(why)
End Function

' The next answer, a JSON object, an error's or not, and the ticket whose it is. Returns "" when none came within the
' milliseconds; 0 looks and returns.
Public Function CaptaskReceive(ByVal client As Long, ByVal timeoutMs As Long, ByRef ticket As Double) As String
#If Win64 Then
    Dim number As LongLong
    CaptaskReceive = Taken(captask_receive_ticket(client, timeoutMs, number))
    ticket = CDbl(number)
#Else
    Dim number As Currency
    CaptaskReceive = Taken(captask_receive_ticket(client, timeoutMs, number))
    ticket = FromCurrency(number)
#End If
End Function

' Gives a ticket up. Its answer, CAPTASK_CANCELLED, is still to be received. False when it is answered already.
Public Function CaptaskCancel(ByVal client As Long, ByVal ticket As Double) As Boolean
#If Win64 Then
    CaptaskCancel = (captask_cancel(client, CLngLng(ticket)) = 1)
#Else
    CaptaskCancel = (captask_cancel(client, CCur(CDec(ticket) / CDec(10000))) = 1)
#End If
End Function

' No new tasks; what is in flight ends as CAPTASK_CLOSED. After the last answer CaptaskReceive returns one with ticket 0.
Public Function CaptaskStop(ByVal client As Long) As Boolean
    CaptaskStop = (captask_stop(client) = 1)
End Function

' Closes the client; tasks in flight are given up. Closing twice does nothing.
Public Sub CaptaskClose(ByVal client As Long)
    captask_close client
End Sub

' Whether a request is valid, without sending it: a JSON object, with "problems" when it is not.
Public Function CaptaskCheck(ByVal request As String) As String
    Dim bytes() As Byte
    bytes = Utf8(request)
    CaptaskCheck = Taken(captask_check(VarPtr(bytes(0))))
End Function

' One value of a JSON text by its RFC 6901 pointer, as "/solution/token": a string bare, anything else as JSON; "" when
' it is not there.
Public Function CaptaskPick(ByVal json As String, ByVal pointer As String) As String
    Dim text() As Byte, where() As Byte
    text = Utf8(json)
    where = Utf8(pointer)
    CaptaskPick = Taken(captask_pick(VarPtr(text(0)), VarPtr(where(0))))
End Function

' A text as a JSON string literal, quotes included.
Public Function CaptaskQuote(ByVal text As String) As String
    Dim bytes() As Byte
    bytes = Utf8(text)
    CaptaskQuote = Taken(captask_quote(VarPtr(bytes(0))))
End Function

' Bytes, those of a picture for instance, in base64. The array must have at least one element.
Public Function CaptaskBase64(ByRef bytes() As Byte) As String
    CaptaskBase64 = Taken(captask_base64(VarPtr(bytes(LBound(bytes))), UBound(bytes) - LBound(bytes) + 1))
End Function

' Has log lines appended to a file: level 0 is none, 1 errors, 2 warnings, 3 information, 4 and 5 details. Returns "", or
' the error, a JSON object.
Public Function CaptaskLogTo(ByVal path As String, ByVal level As Long) As String
    Dim bytes() As Byte
#If Win64 Then
    Dim why As LongPtr
#Else
    Dim why As Long
#End If
    bytes = Utf8(path)
    If captask_log_to(VarPtr(bytes(0)), level, why) = 0 Then CaptaskLogTo = Taken(why)
End Function

' Solves a task, handles a refusal, and gives a task up, all three at once; the windows of the program stay alive.
' "sandbox:" needs no account; with one it is {"clientKey":"..."}.
Public Sub CaptaskExample()
    Const TURNSTILE As String = "{""type"":""TurnstileTask"",""websiteURL"":""https://example.com"",""websiteKey"":""KEY""}"
    Dim client As Long, failure As String, answer As String, waiting As Long
    Dim solved As Double, refused As Double, abandoned As Double, ticket As Double

    client = CaptaskOpen("{""endpoint"":""sandbox:""}", failure)
    If client = 0 Then
        Debug.Print CaptaskPick(failure, "/errorDescription")
        Exit Sub
    End If
    solved = CaptaskSubmit(client, "{""task"":" & TURNSTILE & "}", failure)
    refused = CaptaskSubmit(client, "{""task"":{""type"":""NoSuchTask""}}", failure)
    abandoned = CaptaskSubmit(client, "{""task"":" & TURNSTILE & "}", failure)
    CaptaskCancel client, abandoned
    waiting = 3
    Do While waiting > 0
        answer = CaptaskReceive(client, 50, ticket)
        DoEvents
        If answer <> "" Then
            waiting = waiting - 1
            If CaptaskPick(answer, "/errorId") = "0" Then
                Debug.Print "token: " & CaptaskPick(answer, "/solution/token")
            ElseIf ticket = abandoned Then
                Debug.Print "cancelled: " & CaptaskPick(answer, "/errorCode")
            Else
                Debug.Print "refused: " & CaptaskPick(answer, "/errorCode") & ": " & CaptaskPick(answer, "/errorDescription")
            End If
        End If
    Loop
    CaptaskClose client
End Sub

#If Win64 Then
' Copies a text that the library returned, and frees it; "" for NULL.
Private Function Taken(ByVal text As LongPtr) As String
#Else
' Copies a text that the library returned, and frees it; "" for NULL.
Private Function Taken(ByVal text As Long) As String
#End If
    Dim units As Long
    If text = 0 Then Exit Function
    ' The NUL at the end counts.
    units = MultiByteToWideChar(CP_UTF8, 0, text, -1, 0, 0)
    If units > 1 Then
        Taken = String$(units, vbNullChar)
        MultiByteToWideChar CP_UTF8, 0, text, -1, StrPtr(Taken), units
        Taken = Left$(Taken, units - 1)
    End If
    captask_free text
End Function

' A text in UTF-8, with a NUL at its end.
Private Function Utf8(ByVal text As String) As Byte()
    Dim bytes() As Byte, size As Long
    text = text & vbNullChar
    size = WideCharToMultiByte(CP_UTF8, 0, StrPtr(text), Len(text), 0, 0, 0, 0)
    ReDim bytes(0 To size - 1)
    WideCharToMultiByte CP_UTF8, 0, StrPtr(text), Len(text), VarPtr(bytes(0)), size, 0, 0
    Utf8 = bytes
End Function

#If Win64 Then
' A LongLong needs no conversion.
#Else
Private Function FromCurrency(ByVal number As Currency) As Double
    FromCurrency = CDbl(CDec(number) * CDec(10000))
End Function
#End If
