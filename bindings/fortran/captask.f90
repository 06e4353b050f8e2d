! captask for Fortran 2008.
!
! A task does not hold the program: submit returns at once with a ticket, and receive gives out the answer of whichever
! task is finished next. captask_solve is not here: it would hold the program, for minutes perhaps.
!
! Texts are UTF-8 and come back in allocatable strings of their own length; nothing has to be released.

module captask
    use, intrinsic :: iso_c_binding, only: c_char, c_int32_t, c_int64_t, c_size_t, c_ptr, c_null_char, c_null_ptr, &
        c_associated, c_f_pointer
    implicit none
    private
    public :: open_client, submit, receive, cancel, stop_client, close_client, pick, quote

    interface
        function captask_open(config, error) bind(c) result(handle)
            import :: c_char, c_int32_t, c_ptr
            character(kind=c_char), intent(in) :: config(*)
            type(c_ptr), intent(out) :: error
            integer(c_int32_t) :: handle
        end function
        function captask_stop(client) bind(c) result(done)
            import :: c_int32_t
            integer(c_int32_t), value :: client
            integer(c_int32_t) :: done
        end function
        function captask_close(handle) bind(c) result(done)
            import :: c_int32_t
            integer(c_int32_t), value :: handle
            integer(c_int32_t) :: done
        end function
        function captask_submit(client, request, error) bind(c) result(ticket)
            import :: c_char, c_int32_t, c_int64_t, c_ptr
            integer(c_int32_t), value :: client
            character(kind=c_char), intent(in) :: request(*)
            type(c_ptr), intent(out) :: error
            integer(c_int64_t) :: ticket
        end function
        function captask_receive_ticket(client, timeout_ms, ticket) bind(c) result(answer)
            import :: c_int32_t, c_int64_t, c_ptr
            integer(c_int32_t), value :: client, timeout_ms
            integer(c_int64_t), intent(out) :: ticket
            type(c_ptr) :: answer
        end function
        function captask_cancel(client, ticket) bind(c) result(done)
            import :: c_int32_t, c_int64_t
            integer(c_int32_t), value :: client
            integer(c_int64_t), value :: ticket
            integer(c_int32_t) :: done
        end function
        function captask_pick(json, pointer) bind(c) result(found)
            import :: c_char, c_ptr
            character(kind=c_char), intent(in) :: json(*), pointer(*)
            type(c_ptr) :: found
        end function
        function captask_quote(text) bind(c) result(quoted)
            import :: c_char, c_ptr
            character(kind=c_char), intent(in) :: text(*)
            type(c_ptr) :: quoted
        end function
        subroutine captask_free(text) bind(c)
            import :: c_ptr
            type(c_ptr), value :: text
        end subroutine
        function strlen(text) bind(c) result(length)
            import :: c_ptr, c_size_t
            type(c_ptr), value :: text
            integer(c_size_t) :: length
        end function
    end interface

contains

    ! Opens a client. Gives 0 when the configuration is wrong, and the error, a JSON object.
    function open_client(config, error) result(client)
        character(len=*), intent(in) :: config
        character(len=:), allocatable, intent(out) :: error
        integer(c_int32_t) :: client
        type(c_ptr) :: why

        client = captask_open(config // c_null_char, why)
        error = taken(why)
    end function

    ! Buys a task, or adopts one, and gives its ticket; 0 when it is refused, and the error. Nothing was sent then.
    function submit(client, request, error) result(ticket)
        integer(c_int32_t), intent(in) :: client
        character(len=*), intent(in) :: request
        character(len=:), allocatable, intent(out) :: error
        integer(c_int64_t) :: ticket
        type(c_ptr) :: why

        ticket = captask_submit(client, request // c_null_char, why)
        error = taken(why)
    end function

    ! The next answer, and whose it is: a JSON object, an error's or not. Empty when none came within the milliseconds;
    ! 0 looks and returns, -1 waits for ever.
    function receive(client, timeout_ms, ticket) result(answer)
        integer(c_int32_t), intent(in) :: client, timeout_ms
        integer(c_int64_t), intent(out) :: ticket
        character(len=:), allocatable :: answer

        answer = taken(captask_receive_ticket(client, timeout_ms, ticket))
    end function

    ! Gives a ticket up; its answer, CAPTASK_CANCELLED, is still to be received. False when it is answered already.
    logical function cancel(client, ticket)
        integer(c_int32_t), intent(in) :: client
        integer(c_int64_t), intent(in) :: ticket

        cancel = captask_cancel(client, ticket) == 1
    end function

    ! No new tasks; what is in flight ends as CAPTASK_CLOSED. After the last answer receive gives one with ticket 0.
    subroutine stop_client(client)
        integer(c_int32_t), intent(in) :: client
        integer(c_int32_t) :: done

        done = captask_stop(client)
    end subroutine

    ! Closes the client; tasks in flight are given up. A number that is not a client's does nothing.
    subroutine close_client(client)
        integer(c_int32_t), intent(in) :: client
        integer(c_int32_t) :: done

        done = captask_close(client)
    end subroutine

    ! One value of a JSON text by its RFC 6901 pointer: a string bare, anything else as JSON; empty when it is not there.
    function pick(json, pointer) result(found)
        character(len=*), intent(in) :: json, pointer
        character(len=:), allocatable :: found

        found = taken(captask_pick(json // c_null_char, pointer // c_null_char))
    end function

    ! A text as a JSON string literal, quotes included.
    function quote(text) result(quoted)
        character(len=*), intent(in) :: text
        character(len=:), allocatable :: quoted

        quoted = taken(captask_quote(text // c_null_char))
    end function

    ! Copies a text that the library returned, and frees it; empty for NULL.
    function taken(text) result(copy)
        type(c_ptr), intent(in) :: text
        character(len=:), allocatable :: copy
        character(kind=c_char), pointer :: bytes(:)
        integer(c_size_t) :: i

        if (.not. c_associated(text)) then
            copy = ''
            return
        end if
        call c_f_pointer(text, bytes, [strlen(text)])
        allocate (character(len=size(bytes)) :: copy)
        do i = 1, size(bytes)
            copy(i:i) = bytes(i)
        end do
        call captask_free(text)
    end function
end module
